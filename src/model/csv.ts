/** A figure as it is, a text, or nothing where there is no such value. */
export type CsvCell = number | string | null;

/**
 * Rows as comma-separated values (RFC 4180), the first line the heads. Figures are written plainly, without grouping, so
 * that any tool reads them back. A text that a spreadsheet would take for a formula gets an apostrophe: names of marks and
 * lanes come from files and links.
 */
export function csv(heads: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  const lines = [heads.map(cellText).join(',')];
  for (const row of rows) lines.push(row.map(cellText).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
