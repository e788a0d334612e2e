import { useState } from 'react';
import type { ByteFigure } from '../../labs/report.ts';
import { hex, tableOf } from '../../labs/tables.ts';
import { labsStrings as words } from '../../model/strings/labs.ts';
import { useSize } from '../shared/use-canvas.ts';
import { FigureHead } from './figure-head.tsx';
import { FigureTable } from './figure-table.tsx';
import { Marked } from './marked.tsx';
import { useTextScale } from './use-text-scale.ts';

/** Bytes a row, and the CSS px that they need at the usual size of text; what has less room gets the last. */
const ROWS = [
  [16, 392],
  [8, 224],
  [4, 0],
] as const;

/** Bytes as a hex dump in which every byte says what it is part of: by a tint, and by the part's letter under it. */
export function ByteMap({ figure }: { figure: ByteFigure }) {
  const [table, setTable] = useState(false);
  const { ref, size } = useSize();
  const { probe, scale } = useTextScale();
  const width = size === null ? Number.POSITIVE_INFINITY : size.width / scale;
  const count = ROWS.find(([, needed]) => width >= needed)![0];
  const rows = Array.from({ length: Math.ceil(figure.bytes.length / count) }, (_, r) => r * count);
  return (
    <figure className="lab-figure" data-figure={figure.id} data-kind="bytes">
      <FigureHead figure={figure} table={table} onTable={setTable} />
      {table ? (
        <FigureTable table={tableOf(figure)} label={words.figure.tableOf(figure.title)} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key
        <section className="byte-map" ref={ref} aria-label={words.figure.chartOf(figure.title)} tabIndex={0}>
          <i className="text-probe" ref={probe} />
          <table>
            <tbody>
              {rows.map((row) => (
                <tr key={row}>
                  <th scope="row">{hex(figure.from + row, 4)}</th>
                  {figure.bytes.slice(row, row + count).map((byte, k) => {
                    const part = figure.parts[row + k]!;
                    return (
                      <td
                        // biome-ignore lint/suspicious/noArrayIndexKey: bytes of one map never move
                        key={k}
                        data-part={part}
                        data-changed={figure.changed[row + k] || undefined}
                      >
                        {hex(byte, 2).slice(2)}
                        <small>{letterOf(part)}</small>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <p className="plot-reading">
        {figure.legend.map((label, i) => `${letterOf(i)} ${label}`).join(' · ')}. {words.figure.bytesKey}
      </p>
      <p className="figure-after">
        <Marked text={figure.after} />
      </p>
    </figure>
  );
}

const letterOf = (part: number) => String.fromCharCode(97 + part);
