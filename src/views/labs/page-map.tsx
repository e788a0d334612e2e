import { useEffect, useMemo, useRef, useState } from 'react';
import type { PageFigure } from '../../labs/report.ts';
import { tableOf } from '../../labs/tables.ts';
import { CELL_STATES } from '../../model/heap-frame.ts';
import { labsStrings as words } from '../../model/strings/labs.ts';
import { paintMap, repaintMap } from '../../paint/heatmap.ts';
import { pagePicture } from '../../paint/page-states.ts';
import { mapViewport, pageAt } from '../../paint/viewport.ts';
import { SpriteStrip } from '../heatmap/sprite-strip.tsx';
import { usePaintTheme } from '../shared/theme.tsx';
import { useSize } from '../shared/use-canvas.ts';
import '../heatmap/legend.css';
import { FigureHead } from './figure-head.tsx';
import { FigureTable } from './figure-table.tsx';

const HEIGHT = 330;
/** A strip draws anew when its states are another list. */
const STRIPS = Array.from({ length: CELL_STATES }, (_, state) => [state]);

/** Pages of a lab's memory as the map draws them; its table twin names runs of equal pages. */
export function PageMap({ figure }: { figure: PageFigure }) {
  const { ref, size } = useSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [table, setTable] = useState(false);
  const [page, setPage] = useState(-1);
  const theme = usePaintTheme();
  const picture = useMemo(() => pagePicture(figure.pages), [figure.pages]);
  const { length } = figure.pages;
  const [width, ratio] = [size?.width ?? 0, size?.ratio ?? 1];
  const viewport = useMemo(
    () => mapViewport({ width, height: HEIGHT, ratio, stacked: true, pages: length }),
    [width, ratio, length],
  );
  const state = figure.pages[page];
  useEffect(() => {
    const ctx = canvas.current?.getContext('2d', { alpha: false });
    if (!ctx || width === 0 || table) return;
    canvas.current!.width = viewport.width;
    canvas.current!.height = viewport.height;
    repaintMap(ctx);
    paintMap(ctx, picture, viewport, theme);
  }, [picture, viewport, theme, width, table]);
  return (
    <figure className="lab-figure" data-figure={figure.id} data-kind="pages">
      <FigureHead figure={figure} table={table} onTable={setTable} />
      {table ? (
        <FigureTable table={tableOf(figure)} label={words.figure.tableOf(figure.title)} />
      ) : (
        <>
          <div ref={ref} className="plot">
            <canvas
              ref={canvas}
              role="img"
              aria-label={`${figure.title}. ${tableOf(figure)
                .rows.map((row) => row.join(': '))
                .join('. ')}`}
              style={{ inlineSize: viewport.width / ratio, blockSize: viewport.height / ratio }}
              onPointerMove={(event) => {
                const box = event.currentTarget.getBoundingClientRect();
                setPage(pageAt(viewport, event.clientX - box.left, event.clientY - box.top));
              }}
              onPointerLeave={() => setPage(-1)}
            />
          </div>
          <p className="plot-reading" role="status">
            {state === undefined
              ? ''
              : words.figure.pageName(page, figure.legend.find((entry) => entry.state === state)?.label ?? '')}
          </p>
          <p className="lab-legend">
            {figure.legend.map(({ state: shown, label }) => (
              <span key={label} className="legend-item">
                <SpriteStrip states={STRIPS[shown]!} />
                {label}
              </span>
            ))}
          </p>
        </>
      )}
    </figure>
  );
}
