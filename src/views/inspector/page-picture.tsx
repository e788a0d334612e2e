import { type KeyboardEvent, type MouseEvent, type RefObject, useId, useMemo, useState } from 'react';
import type { PageReading } from '../../model/inspection.ts';
import { blockName } from '../../model/scenario.ts';
import { SpanKind } from '../../model/spans.ts';
import { inspectorStrings as words } from '../../model/strings/inspector.ts';
import type { Addr, Bytes } from '../../model/units.ts';
import { addressAt, blockGeometry, type PageWindow, WHOLE_PAGE } from '../../paint/block-geometry.ts';
import { blockWith, chunkAt, chunksOf } from '../../paint/page-chunks.ts';
import type { Inspected } from '../../state/inspections.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { useSize } from '../shared/use-canvas.ts';
import { textScale } from '../shared/use-media.ts';
import { useBlockCanvas } from './block-canvas.ts';

interface Props {
  readonly target: Inspected;
  /** Null until the page has been read. */
  readonly reading: PageReading | null;
  readonly chunk: { readonly payload: Addr; readonly bytes: Bytes } | null;
  /** What of the page is drawn; left out: all of it. */
  readonly window?: PageWindow;
  /** What is selected is named below. */
  readonly named?: boolean;
  /** As large as there is room, with the links of free lists; else at the side of the page. */
  readonly large?: boolean;
  /** The element that has the focus and the keys. */
  readonly list?: RefObject<HTMLDivElement | null>;
}

/** Offsets written beside the picture, in equal distances. */
const TICKS = { small: 4, large: 8 };
const BORDER_PX = 1;
/** For the offsets at the right of the picture. */
const TICKS_PX = { small: 26, near: 40, large: 46 };

const ticks = ({ rows }: PageWindow, large: boolean) => {
  const count = large ? TICKS.large : TICKS.small;
  return Array.from({ length: count }, (_, k) => (k * rows) / count);
};

/**
 * The page to scale. The canvas paints; for the keyboard it is a list of chunks with one entry in the tree, the one that
 * the arrow keys have come to.
 */
export function PagePicture({ target, reading, chunk, window = WHOLE_PAGE, named, large = false, list }: Props) {
  const { point, records, store, zoom } = useApp();
  const scenario = useFact((state) => state.scenario);
  const id = useId();
  const [hovered, setHovered] = useState(-1);
  const { ref: slot, size } = useSize();
  const { lane, page } = target;
  const geometry = useMemo(
    () =>
      size === null || size.width === 0 || size.height === 0
        ? null
        : blockGeometry(
            size.width -
              2 * BORDER_PX -
              TICKS_PX[large ? 'large' : window === WHOLE_PAGE ? 'small' : 'near'] * textScale(),
            size.height - 2 * BORDER_PX,
            size.ratio,
            window,
          ),
    [size, large, window],
  );
  const { map, overlay, pointed, request } = useBlockCanvas({ lane, page, reading, chunk, geometry, links: large });
  const spans = reading?.spans ?? null;
  const chunks = useMemo(() => (spans === null ? [] : chunksOf(spans)), [spans]);
  const current = chunk === null || spans === null ? -1 : chunkAt(spans, chunk.payload);
  const place = chunks.indexOf(current);
  const nameOf = (span: number) => {
    if (reading === null) return words.waiting;
    const kind = reading.spans.kind[span]!;
    const start = reading.spans.start[span]!;
    const operation = kind === SpanKind.Used ? blockWith(reading.blocks, start) : 0;
    const name =
      operation === 0 || scenario === null ? null : blockName(scenario.blocks, scenario.operations.id[operation - 1]!);
    return words.picture.chunk(kind, name, start, reading.spans.bytes[span]!);
  };
  /** What is selected: a block by what the program calls it, whatever the bytes say of its place. */
  const chosenName = () =>
    target.block === 0 || scenario === null || chunk === null
      ? nameOf(current)
      : words.picture.chunk(
          SpanKind.Used,
          blockName(scenario.blocks, scenario.operations.id[target.block - 1]!),
          chunk.payload,
          chunk.bytes,
        );
  /** The live block at an address: at the operation drawn, whatever was read last. */
  const blockAt = (address: Addr) => {
    const { frame } = records.lane(lane.key);
    if (frame === null) return 0;
    frame.seek(Math.min(store.getState().position, frame.logged));
    return frame.blockAt(address);
  };
  const choose = (span: number, at: Addr) => {
    if (reading === null) return;
    const operation = blockAt(at) || blockWith(reading.blocks, Math.max(at, reading.spans.start[span]!));
    const used = reading.spans.kind[span] === SpanKind.Used;
    if (operation !== 0 && (used || blockAt(at) !== 0))
      point.select({ kind: 'block', lane: lane.key, operation, page });
    else point.pick(lane.key, page, reading.spans.start[span]!);
  };
  const go = (to: number) => {
    const span = chunks[Math.max(0, Math.min(chunks.length - 1, to))];
    if (span !== undefined && spans !== null) choose(span, spans.start[span]!);
  };
  const keys = (event: KeyboardEvent) => {
    const last = chunks.length - 1;
    const to = {
      ArrowLeft: place - 1,
      ArrowUp: place - 1,
      ArrowRight: place + 1,
      ArrowDown: place + 1,
      Home: 0,
      End: last,
      PageUp: place - 16,
      PageDown: place + 16,
    }[event.key];
    if (to !== undefined) go(to);
    else if (['Enter', '+', '='].includes(event.key) && !event.ctrlKey && !event.metaKey) {
      // Down: into the page what is in it, from there to its bytes.
      if (!zoom.down() && place < 0) go(0);
    } else if (event.key === 'Escape' && place < 0 && !large) {
      // Up to all pages: the key clears the selection, the focus goes back to the map.
      document.getElementById(`map-${lane.key}`)?.focus();
      return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const addressOf = (event: MouseEvent<HTMLElement>) => {
    if (geometry === null) return page;
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left - BORDER_PX, event.clientY - box.top - BORDER_PX];
    return addressAt(geometry, page, x, y);
  };
  const leave = () => {
    pointed.current.bytes = 0;
    setHovered(-1);
    point.hover(null);
    request();
  };
  const style =
    geometry === null
      ? {}
      : {
          inlineSize: geometry.width / geometry.ratio,
          blockSize: (geometry.pitch * geometry.rows) / geometry.ratio,
        };
  return (
    <figure className="page-picture" data-large={large || undefined}>
      <div className="page-slot" ref={slot}>
        <div
          ref={list}
          className="page-chunks"
          style={style}
          role="listbox"
          tabIndex={0}
          aria-label={words.picture.label(page)}
          aria-describedby={`${id}-keys`}
          aria-activedescendant={place < 0 ? undefined : `${id}-chunk`}
          onKeyDown={keys}
          onClick={(event) => {
            const address = addressOf(event);
            if (spans !== null) choose(chunkAt(spans, address), address);
          }}
          onDoubleClick={() => zoom.down()}
          onPointerMove={(event) => {
            if (spans === null || event.pointerType === 'touch') return;
            const address = addressOf(event);
            const span = chunkAt(spans, address);
            const operation = blockAt(address);
            pointed.current.start = spans.start[span]!;
            pointed.current.bytes = spans.bytes[span]!;
            point.hover(operation === 0 ? null : { kind: 'block', lane: lane.key, operation, page });
            if (span !== hovered) {
              setHovered(span);
              request();
            }
          }}
          onPointerLeave={leave}
        >
          <div aria-hidden="true">
            <canvas ref={map} style={style} data-blocks="" />
            <canvas ref={overlay} style={style} />
          </div>
          {/* A list must hold something: the chunk that the keys are at, or would begin from. */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: the list holds the focus */}
          <span
            id={`${id}-chunk`}
            className="visually-hidden"
            role="option"
            aria-selected={place >= 0}
            aria-posinset={Math.max(0, place) + 1}
            aria-setsize={chunks.length}
          >
            {nameOf(chunks[Math.max(0, place)] ?? 0)}
          </span>
        </div>
        <ol className="page-ticks" aria-hidden="true">
          {ticks(window, large).map((row) => (
            <li key={row} style={{ insetBlockStart: geometry === null ? 0 : (row * geometry.pitch) / geometry.ratio }}>
              {large || window !== WHOLE_PAGE ? words.picture.offset(window.start + row * window.rowBytes) : `${row}k`}
            </li>
          ))}
        </ol>
      </div>
      <figcaption>
        {hovered >= 0 && spans !== null && hovered < spans.kind.length
          ? nameOf(hovered)
          : named && chunk !== null
            ? chosenName()
            : geometry === null
              ? words.picture.scale(window.rows, window.rowBytes)
              : words.picture.scaleOf(
                  window.rows,
                  window.rowBytes,
                  (window.rowBytes * geometry.ratio) / geometry.width,
                )}
        <span className="visually-hidden" id={`${id}-keys`}>
          {words.picture.keys}
        </span>
      </figcaption>
    </figure>
  );
}
