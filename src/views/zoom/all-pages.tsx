import { type PointerEvent, useMemo } from 'react';
import { zoomStrings as words } from '../../model/strings/zoom.ts';
import type { Pages } from '../../model/units.ts';
import { type Box, cellBox, pageAt } from '../../paint/viewport.ts';
import { wholeViewport } from '../../paint/whole-viewport.ts';
import type { Inspected } from '../../state/inspections.ts';
import { SideMap } from '../alone/side-map.tsx';
import { useRatio } from '../alone/use-ratio.ts';
import { MapGrid } from '../heatmap/map-grid.tsx';
import { useApp, useFact } from '../shared/app-context.tsx';

interface Props {
  readonly target: Inspected;
  readonly letter: string;
  /** Of the longest lane: all of them have one geometry. */
  readonly pages: Pages;
}

/** Unlike the slots of the lane's other maps. */
const SLOT = 4;
const SIDE_PX = 160;
const box: Box = { x: 0, y: 0, width: 0, height: 0 };

/** The lane's whole map, small, with the page that is looked at marked: a press goes to another one. */
export function AllPages({ target, letter, pages }: Props) {
  const { point } = useApp();
  const order = useFact((state) => state.order);
  const ratio = useRatio();
  const { lane, page } = target;
  const viewport = useMemo(
    () => wholeViewport({ width: SIDE_PX, height: SIDE_PX, ratio, order }, pages, page),
    [ratio, order, pages, page],
  );
  const here = cellBox(viewport, page, box);
  const least = 6 * viewport.unit;
  const side = Math.max(least, box.width);
  const at = (start: number) => (start - (side - box.width) / 2) / viewport.ratio - 3;
  const go = (event: PointerEvent<HTMLDivElement>) => {
    const frame = event.currentTarget.getBoundingClientRect();
    const to = pageAt(viewport, event.clientX - frame.left, event.clientY - frame.top);
    if (to >= 0) point.select({ kind: 'page', lane: lane.key, page: to });
  };
  return (
    <section className="zoom-pages" aria-label={words.allPages}>
      <h3>{words.allPages}</h3>
      {/* The pointer's half; MapGrid is the keyboard's. */}
      <div className="zoom-map" onPointerDown={go}>
        <SideMap lane={lane} viewport={viewport} slot={SLOT}>
          {here && (
            <i
              className="zoom-here"
              style={{
                insetInlineStart: at(box.x),
                insetBlockStart: at(box.y),
                inlineSize: side / viewport.ratio + 6,
                blockSize: side / viewport.ratio + 6,
              }}
            />
          )}
          <MapGrid lane={lane} letter={letter} viewport={viewport} pages={pages} beside />
        </SideMap>
      </div>
    </section>
  );
}
