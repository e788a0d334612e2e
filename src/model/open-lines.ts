/** Lines of a text, from 1, both ends inclusive. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Which lines of `text` stand in the place of each editable line of `script`: one or more of them, ascending. Null where
 * anything else differs. Where a locked stretch stands more than once, its first place counts.
 */
export function openLines(script: string, editable: readonly number[], text: string): LineRange[] | null {
  const lines = text.split('\n');
  const locked: string[][] = [[]];
  script.split('\n').forEach((line, i) => {
    if (editable.includes(i + 1)) locked.push([]);
    else locked.at(-1)!.push(line);
  });
  const open: LineRange[] = [];
  let at = 0;
  for (const [k, stretch] of locked.entries()) {
    const least = k === 0 ? 0 : at + 1;
    const place =
      k === 0 ? 0 : k === locked.length - 1 ? lines.length - stretch.length : placeOf(lines, stretch, least);
    if (place < least || !stands(lines, stretch, place)) return null;
    if (k > 0) open.push({ from: at + 1, to: place });
    at = place + stretch.length;
  }
  return at === lines.length ? open : null;
}

function placeOf(lines: readonly string[], stretch: readonly string[], least: number): number {
  let place = least;
  while (place + stretch.length <= lines.length && !stands(lines, stretch, place)) place++;
  return place;
}

function stands(lines: readonly string[], stretch: readonly string[], place: number): boolean {
  return stretch.every((line, i) => lines[place + i] === line);
}
