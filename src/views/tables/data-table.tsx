import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { CsvCell } from '../../model/csv.ts';
import { tablesStrings as words } from '../../model/strings/tables.ts';
import { sortedRows, type TableData } from './table-data.ts';
import { useRowWindow } from './use-row-window.ts';
import './data-table.css';

interface Props {
  readonly data: TableData;
  readonly caption: string;
  readonly isSelected?: (row: readonly CsvCell[]) => boolean;
  /** What Enter or a click on a row does. */
  readonly onSelect?: (row: readonly CsvCell[]) => void;
}

const ROW_PX = 26;

/**
 * A table of any length: only the rows in view are in the page. A head sorts, once more the other way round, a third time
 * not at all. One tab stop for all rows: arrow keys move along them.
 */
export function DataTable({ data, caption, isSelected, onSelect }: Props) {
  const [sort, setSort] = useState<{ column: number; descending: boolean } | null>(null);
  const [active, setActive] = useState(0);
  const scroll = useRef<HTMLDivElement>(null);
  const id = useId();
  const column = sort !== null && sort.column < data.heads.length ? sort.column : null;
  const rows = useMemo(
    () => sortedRows(data.rows, column, sort?.descending ?? false),
    [data.rows, column, sort?.descending],
  );
  const columns = data.heads.map((_, k) => k).filter((k) => k !== data.hidden);
  const { from, to, reveal, onScroll } = useRowWindow(scroll, rows.length, ROW_PX);
  const at = Math.min(active, Math.max(0, rows.length - 1));
  const selectedRow = isSelected === undefined ? -1 : rows.findIndex(isSelected);
  // What is selected elsewhere comes into view here.
  useEffect(() => {
    if (selectedRow < 0) return;
    setActive(selectedRow);
    reveal(selectedRow);
  }, [selectedRow, reveal]);
  const keys = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? ROW_PX) / ROW_PX) - 2);
    const next = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      PageUp: at - page,
      PageDown: at + page,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (next !== undefined) {
      const row = Math.min(rows.length - 1, Math.max(0, next));
      setActive(row);
      reveal(row);
    } else if ((event.key === 'Enter' || event.key === ' ') && rows[at] !== undefined) onSelect?.(rows[at]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const turn = (which: number) =>
    setSort((now) => {
      if (now?.column !== which) return { column: which, descending: false };
      return now.descending ? null : { column: which, descending: true };
    });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows' keys; the table inside has the role
    <div className="data-table" ref={scroll} onScroll={onScroll} onKeyDown={(event) => inHead(event) || keys(event)}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows are gone along with the arrow keys
        role="grid"
        tabIndex={0}
        aria-rowcount={rows.length + 1}
        aria-activedescendant={at >= from && at < to ? `${id}-${at}` : undefined}
      >
        <caption>
          {caption} <span className="data-table-count">{words.rows(rows.length)}</span>
          <span className="visually-hidden"> {words.keys}</span>
        </caption>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((k) => (
              <th
                key={k}
                scope="col"
                data-words={data.wordColumns.includes(k) || undefined}
                aria-sort={sort?.column === k ? (sort.descending ? 'descending' : 'ascending') : 'none'}
              >
                <button type="button" title={words.sortBy(data.heads[k]!)} onClick={() => turn(k)}>
                  {k === 0 && data.hidden === 1 ? words.columns.pages : data.heads[k]}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {from > 0 && <Space px={from * ROW_PX} columns={columns.length} />}
          {rows.slice(from, to).map((row, k) => {
            const index = from + k;
            return (
              <tr
                key={index}
                id={`${id}-${index}`}
                aria-rowindex={index + 2}
                aria-selected={isSelected === undefined ? undefined : index === selectedRow}
                data-active={index === at || undefined}
                data-odd={index % 2 === 1 || undefined}
                onClick={() => {
                  setActive(index);
                  onSelect?.(row);
                }}
              >
                {columns.map((k) => (
                  <td key={k} data-words={data.wordColumns.includes(k) || undefined}>
                    {data.text(row, k)}
                  </td>
                ))}
              </tr>
            );
          })}
          {to < rows.length && <Space px={(rows.length - to) * ROW_PX} columns={columns.length} />}
        </tbody>
      </table>
    </div>
  );
}

/** The heads are buttons: their keys are their own. */
function inHead(event: KeyboardEvent): boolean {
  return event.target instanceof HTMLElement && event.target.closest('thead') !== null;
}

/** Stands for the rows that are not in the page. */
function Space({ px, columns }: { px: number; columns: number }) {
  return (
    <tr>
      <td colSpan={columns} style={{ blockSize: px, padding: 0, border: 0 }} />
    </tr>
  );
}
