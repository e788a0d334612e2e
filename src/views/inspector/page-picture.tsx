import { type KeyboardEvent, type MouseEvent, useId, useState } from 'react';
import type { PageReading } from '../../model/inspection.ts';
import { SpanKind } from '../../model/metrics.ts';
import { blockName } from '../../model/scenario.ts';
import { inspectorStrings as words } from '../../model/strings/inspector.ts';
import type { Addr, Bytes } from '../../model/units.ts';
import { blockWith, chunkAt, chunksOf, PICTURE_ROWS, paintPage, pictureAddress } from '../../paint/page-picture.ts';
import type { Inspected } from '../../state/inspections.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { usePaintTheme } from '../shared/theme.tsx';
import { useCanvas } from '../shared/use-canvas.ts';

interface Props {
  readonly target: Inspected;
  readonly reading: PageReading;
  readonly chunk: { readonly payload: Addr; readonly bytes: Bytes } | null;
}

/** Rows at which the address is written beside the picture. */
const TICKS = [0, 16, 32, 48];

/**
 * The page to scale. The canvas paints; for the keyboard it is a list of chunks with one entry in the tree, the one that
 * the arrow keys have come to.
 */
export function PagePicture({ target, reading, chunk }: Props) {
  const { point, look } = useApp();
  const scenario = useFact((state) => state.scenario);
  const theme = usePaintTheme();
  const id = useId();
  const [hovered, setHovered] = useState(-1);
  const { spans, blocks } = reading;
  const lit = chunk === null ? null : { start: chunk.payload, bytes: chunk.bytes };
  const canvas = useCanvas((ctx, { width, height }) => paintPage(ctx, width, height, reading, theme, lit));
  const chunks = chunksOf(spans);
  const current = chunk === null ? -1 : chunkAt(spans, chunk.payload);
  const place = chunks.indexOf(current);
  const nameOf = (span: number) => {
    const kind = spans.kind[span]!;
    const start = spans.start[span]!;
    const operation = kind === SpanKind.Used ? blockWith(blocks, start) : 0;
    const name =
      operation === 0 || scenario === null ? null : blockName(scenario.blocks, scenario.operations.id[operation - 1]!);
    return words.picture.chunk(kind, name, start, spans.bytes[span]!);
  };
  const choose = (span: number, at: Addr = spans.start[span]!) => {
    const operation = spans.kind[span] === SpanKind.Used ? blockWith(blocks, Math.max(at, spans.start[span]!)) : 0;
    if (operation !== 0) point.select({ kind: 'block', lane: target.lane.key, operation, page: target.page });
    else point.pick(target.lane.key, target.page, spans.start[span]!);
  };
  const keys = (event: KeyboardEvent) => {
    const last = chunks.length - 1;
    const to = {
      ArrowLeft: Math.max(0, place - 1),
      ArrowUp: Math.max(0, place - 1),
      ArrowRight: Math.min(last, place + 1),
      ArrowDown: Math.min(last, place + 1),
      Home: 0,
      End: last,
      PageUp: Math.max(0, place - 16),
      PageDown: Math.min(last, place + 16),
    }[event.key];
    if (to !== undefined && chunks[to] !== undefined) choose(chunks[to]);
    else if (event.key === 'Enter' && place >= 0) look.setZoom('bytes');
    else if (event.key === 'Escape' && place < 0) {
      // Up to all pages: the key clears the selection, the focus goes back to the map.
      document.getElementById(`map-${target.lane.key}`)?.focus();
      return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const addressOf = (event: MouseEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return pictureAddress(target.page, box.width, box.height, event.clientX - box.left, event.clientY - box.top);
  };
  return (
    <figure className="page-picture">
      <div
        className="page-chunks"
        role="listbox"
        tabIndex={0}
        aria-label={words.picture.label(target.page)}
        aria-describedby={`${id}-keys`}
        aria-activedescendant={place < 0 ? undefined : `${id}-chunk`}
        onKeyDown={keys}
        onClick={(event) => {
          const address = addressOf(event);
          choose(chunkAt(spans, address), address);
        }}
        onPointerMove={(event) => {
          const span = chunkAt(spans, addressOf(event));
          if (span !== hovered) setHovered(span);
        }}
        onPointerLeave={() => setHovered(-1)}
      >
        <div aria-hidden="true">
          <canvas ref={canvas.ref} />
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
          {nameOf(chunks[Math.max(0, place)]!)}
        </span>
      </div>
      <ol className="page-ticks" aria-hidden="true">
        {TICKS.map((row) => (
          <li key={row} style={{ insetBlockStart: `${(row / PICTURE_ROWS) * 100}%` }}>
            {row}k
          </li>
        ))}
      </ol>
      <figcaption>
        {hovered >= 0 && hovered < spans.kind.length ? nameOf(hovered) : words.picture.scale}
        <span className="visually-hidden" id={`${id}-keys`}>
          {words.picture.keys}
        </span>
      </figcaption>
    </figure>
  );
}
