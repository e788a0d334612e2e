import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { Figure } from '../../labs/report.ts';
import { tableOf } from '../../labs/tables.ts';
import { labsStrings as words } from '../../model/strings/labs.ts';
import { useSize } from '../shared/use-canvas.ts';
import { FigureHead } from './figure-head.tsx';
import { FigureTable } from './figure-table.tsx';
import { useTextScale } from './use-text-scale.ts';

/** Narrower than this a chart says nothing: it scrolls. */
const LEAST = 280;

/** Lengths are CSS px at the usual size of text; where the visitor has it larger, the whole chart is. */
interface Plot {
  readonly width: number;
  readonly height: number;
  /** What is pointed at: place along x and series; −1 for none. */
  readonly at: number;
  readonly which: number;
  readonly pick: (at: number, which: number) => void;
}

interface Props {
  readonly figure: Figure;
  readonly height: (width: number) => number;
  /** Points along x, and series. */
  readonly places: number;
  readonly lines: number;
  /** A point in words. */
  readonly read: (at: number, which: number) => string;
  readonly footer?: (width: number) => ReactNode;
  readonly children: (plot: Plot) => ReactNode;
}

/** A chart and its table twin: one stop for Tab, arrow keys from point to point, and the point under them in words. */
export function PlotFrame({ figure, height, places, lines, read, footer, children }: Props) {
  const { ref, size } = useSize();
  const { probe, scale } = useTextScale();
  const whole = useRef<HTMLElement>(null);
  const [table, setTable] = useState(false);
  const [picked, setPicked] = useState<readonly [number, number]>([-1, -1]);
  const at = picked[0] < places ? picked[0] : -1;
  const which = picked[1] < lines ? picked[1] : -1;
  const width = Math.max(LEAST, Math.floor((size?.width ?? 0) / scale));
  const move = (event: KeyboardEvent) => {
    const along = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
    const across = { ArrowUp: -1, ArrowDown: 1 }[event.key] ?? 0;
    if (event.key === 'Escape' && at >= 0) setPicked([-1, -1]);
    else if (along === 0 && across === 0) return;
    else if (at < 0) setPicked([0, 0]);
    else setPicked([clamp(at + along, places), (which + across + lines) % lines]);
    event.preventDefault();
    event.stopPropagation();
  };
  const tall = height(width);
  const twin = (event: KeyboardEvent) => {
    if (event.key !== 't' || event.defaultPrevented) return;
    setTable(!table);
    // What had the focus may be gone; the button stays.
    whole.current?.querySelector<HTMLElement>('[data-table-toggle]')?.focus();
    event.preventDefault();
  };
  return (
    <figure ref={whole} className="lab-figure" data-figure={figure.id} data-kind={figure.kind} onKeyDown={twin}>
      <FigureHead figure={figure} table={table} onTable={setTable} />
      {table ? (
        <FigureTable table={tableOf(figure)} label={words.figure.tableOf(figure.title)} />
      ) : (
        <>
          <div className="plot" ref={ref}>
            <i className="text-probe" ref={probe} />
            {size !== null && (
              // biome-ignore lint/a11y/useSemanticElements: a chart is no fieldset
              <div
                className="plot-keys"
                role="group"
                // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys read the chart point by point
                tabIndex={0}
                aria-label={`${words.figure.chartOf(figure.title)}. ${words.figure.keys}`}
                onKeyDown={move}
                onPointerLeave={() => setPicked([-1, -1])}
                onBlur={() => setPicked([-1, -1])}
              >
                <svg
                  width={width * scale}
                  height={tall * scale}
                  viewBox={`0 0 ${width} ${tall}`}
                  aria-hidden="true"
                  focusable="false"
                >
                  {children({ width, height: tall, at, which, pick: (x, s) => setPicked([x, s]) })}
                </svg>
              </div>
            )}
          </div>
          {footer?.(width)}
          <p className="plot-reading" role="status">
            {at >= 0 && which >= 0 ? read(at, which) : ''}
          </p>
        </>
      )}
    </figure>
  );
}

const clamp = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
