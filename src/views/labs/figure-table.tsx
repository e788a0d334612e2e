import { useState } from 'react';
import type { Table } from '../../labs/report.ts';

interface Order {
  readonly column: number;
  readonly down: boolean;
}

/** Rows by one column's keys, those without one last; rows alike stay as they were. */
function ordered({ rows, keys }: Table, order: Order | null): Table['rows'] {
  if (keys === undefined || order === null) return rows;
  const sign = order.down ? -1 : 1;
  return rows
    .map((row, i) => ({ row, key: keys[i]?.[order.column] ?? null }))
    .sort(({ key: a }, { key: b }) => {
      if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
      return a === b ? 0 : a < b ? -sign : sign;
    })
    .map(({ row }) => row);
}

/** Rows and columns; the first column names the row. Scrolls by itself where it is wider than the page. */
export function FigureTable({ table, label }: { table: Table; label: string }) {
  const [order, setOrder] = useState<Order | null>(null);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key
    <section className="figure-table" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {table.head.map((cell, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name, and never move
              <th key={i} scope="col" {...(table.keys === undefined ? {} : { 'aria-sort': sortOf(order, i) })}>
                {table.keys === undefined ? (
                  cell
                ) : (
                  <button
                    type="button"
                    onClick={() => setOrder({ column: i, down: order?.column === i && !order.down })}
                  >
                    {cell}
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ordered(table, order).map((row, i) => (
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

const sortOf = (order: Order | null, column: number) =>
  order?.column !== column ? ('none' as const) : order.down ? ('descending' as const) : ('ascending' as const);
