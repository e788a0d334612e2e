import type { Table } from '../../labs/report.ts';

/** Rows and columns; the first column names the row. Scrolls by itself where it is wider than the page. */
export function FigureTable({ table, label }: { table: Table; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key
    <section className="figure-table" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {table.head.map((cell, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name, and never move
              <th key={i} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of one report never move
            <tr key={i}>
              {row.map((cell, k) =>
                k === 0 ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <th key={k} scope="row">
                    {cell}
                  </th>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <td key={k}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
