import { useMemo } from 'react';
import type { HeaderField, PageReading } from '../../model/inspection.ts';
import { allocators } from '../../model/strings/allocators.ts';
import { inspectorStrings as words } from '../../model/strings/inspector.ts';
import { grouped } from '../../model/strings/numbers.ts';
import type { Addr, Bytes } from '../../model/units.ts';
import { type Inspected, windowOf } from '../../state/inspections.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { useSize } from '../shared/use-canvas.ts';
import { byteText, type HexRow, hexByte, hexRows } from './hex-rows.ts';

interface Props {
  readonly target: Inspected;
  readonly chunk: { readonly payload: Addr; readonly bytes: Bytes; readonly free: boolean };
  readonly reading: PageReading;
}

/** From this width on there is room for 16 bytes a row with their text, else for 8. */
const WIDE_PX = 520;

/** The bytes of a chunk as they are, header and all, and what the words of its header say. */
export function HexView({ target, chunk, reading }: Props) {
  return (
    <section className="hex" aria-label={words.bytes.title}>
      <HeaderFields target={target} chunk={chunk} />
      <h3>{words.bytes.title}</h3>
      <HexBytes target={target} chunk={chunk} reading={reading} />
    </section>
  );
}

/** The bytes that were read of a chunk, null until they are there. */
function useChunkBytes({ target, chunk }: Pick<Props, 'target' | 'chunk'>) {
  const known = useFact((state) => state.inspect.bytes);
  return known !== null && known.lane === target.lane.key && known.chunk.payload === chunk.payload ? known : null;
}

/** Rows of bytes in the colours of what they belong to, a window of them at a time. */
export function HexBytes({ target, chunk, reading }: Props) {
  const { point } = useApp();
  const window = useFact((state) => state.inspect.window);
  const ours = useChunkBytes({ target, chunk });
  const { ref, size } = useSize();
  const width = size !== null && size.width >= WIDE_PX ? 16 : 8;
  const rows = useMemo(() => (ours === null ? [] : hexRows(ours.reading, reading, width)), [ours, reading, width]);
  const { windows, from, length } = windowOf(target.lane, chunk, window);
  return (
    <div className="hex-part" ref={ref}>
      {ours === null ? (
        <p className="inspector-note">{words.waiting}</p>
      ) : (
        <>
          <p className="inspector-note">{words.bytes.note}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
          <div className="hex-scroll" tabIndex={0}>
            <table className="hex-table" aria-label={words.bytes.table} data-width={width}>
              <thead className="visually-hidden">
                <tr>
                  <th scope="col">{words.bytes.head.address}</th>
                  <th scope="col">{words.bytes.head.bytes}</th>
                  <th scope="col">{words.bytes.head.text}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <Row key={row.address} row={row} />
                ))}
              </tbody>
            </table>
          </div>
          {windows > 1 && (
            <div className="hex-windows">
              <button
                type="button"
                className="button"
                disabled={window === 0}
                onClick={() => point.showWindow(window - 1)}
              >
                {words.bytes.earlier}
              </button>
              <button
                type="button"
                className="button"
                disabled={window >= windows - 1}
                onClick={() => point.showWindow(window + 1)}
              >
                {words.bytes.later}
              </button>
              <span>{words.bytes.window(from, from + length - 1)}</span>
            </div>
          )}
          <ul className="hex-legend">
            {Object.entries(words.bytes.legend).map(([what, text]) => (
              <li key={what}>
                <i className="hex-key" data-class={what} aria-hidden="true" />
                {text}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Row({ row }: { row: HexRow }) {
  if (row.kind === 'folded') {
    return (
      <tr className="hex-folded">
        <td colSpan={3}>{words.bytes.folded(row.length, `0x${hexByte(row.value)}`)}</td>
      </tr>
    );
  }
  return (
    <tr>
      <th scope="row">{(row.address >>> 0).toString(16).padStart(8, '0')}</th>
      <td className="hex-bytes">
        {runs(row).map(({ at, text, what }) => (
          <span key={at} data-class={what}>
            {text}
          </span>
        ))}
      </td>
      <td className="hex-text">{byteText(row.bytes)}</td>
    </tr>
  );
}

/** Neighbouring bytes of one class as one element: a row has few of them, and 4,096 bytes would be 4,096 elements. */
function runs({ bytes, classes }: Extract<HexRow, { kind: 'bytes' }>) {
  const out: { at: number; text: string; what: string }[] = [];
  bytes.forEach((byte, at) => {
    const last = out.at(-1);
    if (last !== undefined && last.what === classes[at]) last.text += ` ${hexByte(byte)}`;
    else out.push({ at, text: hexByte(byte), what: classes[at]! });
  });
  return out;
}

/** What the words of the header say, one line a field; several flags may share a word. */
export function HeaderFields({ target, chunk }: Pick<Props, 'target' | 'chunk'>) {
  const ours = useChunkBytes({ target, chunk });
  if (ours === null) return null;
  const { fields } = ours.reading;
  return (
    <>
      <h3>{chunk.free ? words.bytes.linkFields : words.bytes.fields}</h3>
      {fields.length === 0 ? (
        <p className="inspector-note">{words.bytes.none}</p>
      ) : (
        <table className="hex-fields" aria-label={words.bytes.fields}>
          <tbody>
            {fields.map((field) => {
              const { name, says } = allocators.field(field.id);
              return (
                <tr key={`${field.id}`} data-field={name}>
                  <th scope="row">
                    <code>{name}</code>
                  </th>
                  <td>
                    <code>{valueText(field)}</code>
                  </td>
                  <td className="hex-says">{says}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </>
  );
}

function valueText({ id, value }: HeaderField): string {
  switch (allocators.field(id).form) {
    case 'address':
      return words.address(value);
    case 'bytes':
      return `${grouped(value)} B`;
    case 'flag':
      return value === 1 ? words.bytes.yes : words.bytes.no;
    case 'page':
      return allocators.poolPage(value);
  }
}
