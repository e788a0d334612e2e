import { type ReactNode, useMemo } from 'react';
import { parseLaneName } from '../../model/lanes.ts';
import { colourStrings } from '../../model/strings/colour.ts';
import { grouped } from '../../model/strings/editor.ts';
import { paintStrings } from '../../model/strings/paint.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import { PAGE_BYTES, type Pages } from '../../model/units.ts';
import { type PageOrder, SQUARE_PAGES } from '../../paint/page-order.ts';
import { axisTicks, mapViewport, rowBytes, type Viewport } from '../../paint/viewport.ts';
import type { Lane } from '../../state/store.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { type CanvasSize, useSize } from '../shared/use-canvas.ts';
import { useFinalPages } from './final-pages.ts';
import { LaneMap } from './lane-map.tsx';
import { Legend } from './legend.tsx';
import './lane-maps.css';

export interface LaneMapsProps {
  readonly lanes: readonly Lane[];
  readonly letters: readonly string[];
  /** The address scale has room for numbers only. */
  readonly short?: boolean;
  /** Stands between the maps and their legend. */
  readonly children?: ReactNode;
}

/** The maps of all lanes in one geometry, so that the same place in two of them is the same page; the address scale once. */
export function LaneMaps({ lanes, letters, short = false, children }: LaneMapsProps) {
  const { records } = useApp();
  const generation = useFact((state) => state.generation);
  const { ref: slot, size } = useSize();
  const pages = useFinalPages(records, lanes, generation);
  const order = useFact((state) => state.order);
  const viewport = useMemo(() => (size === null ? null : laneViewport(size, pages, order)), [size, pages, order]);
  const dead = lanes.some((lane) => parseLaneName(lane.config.name)?.id !== 'dlmalloc');
  return (
    <>
      <div className="compare-row lane-maps">
        <Axis viewport={viewport} short={short} />
        {lanes.map((lane, index) => (
          <div key={lane.key} className="map-slot" ref={index === 0 ? slot : undefined}>
            {viewport !== null && <LaneMap lane={lane} letter={letters[index]!} viewport={viewport} />}
          </div>
        ))}
      </div>
      {children}
      <Legend scale={viewport === null ? null : scaleText(viewport)} dead={dead} />
    </>
  );
}

/** What a row stands for, and the address at every few rows. */
export function Axis({ viewport, short }: { viewport: Viewport | null; short: boolean }) {
  if (viewport === null) return <div className="map-axis" />;
  const unit = rowBytes(viewport) * viewport.rows >= 64 * 2 ** 30 ? 'GiB' : 'MiB';
  const ticks = axisTicks(viewport);
  return (
    <div className="map-axis" aria-hidden="true">
      <span className="map-row-scale">
        {short && `${words.map.scaleInMib}, `}
        {viewport.order === 'hilbert'
          ? colourStrings.axis.squareIs(roundSize(SQUARE_PAGES * PAGE_BYTES))
          : paintStrings.rowIs(roundSize(rowBytes(viewport)))}
      </span>
      {ticks.map((tick) => (
        <span key={tick.page} className="map-tick" style={{ insetBlockStart: `${tick.y}px` }}>
          {short ? grouped(tick.address / 2 ** 20) : paintStrings.axis(tick.address, unit)}
        </span>
      ))}
    </div>
  );
}

export function roundSize(bytes: number): string {
  return bytes >= 2 ** 20 ? `${bytes / 2 ** 20} MiB` : `${bytes / 1024} KiB`;
}

/**
 * Rows of 16 pages while they fit. Before cells lose their gaps and tiles, rows of 32 are tried: twice the pages in the same
 * height, each still a cell that can be pointed at.
 */
function laneViewport({ width, height, ratio }: CanvasSize, pages: Pages, order: PageOrder): Viewport {
  const viewport = mapViewport({ width, height, ratio, stacked: false, pages, order });
  if (viewport.gap > 0 && viewport.rows * viewport.columns >= pages) return viewport;
  const longer = mapViewport({ width, height, ratio, stacked: true, pages, order });
  return longer.gap > 0 && longer.rows * longer.columns >= pages ? longer : viewport;
}

/** `1 cell = 1 page = 64 KiB, 16 tiles of 4 KiB`. */
export function scaleText({ side }: Viewport): string {
  const tiles = side * side;
  return tiles === 1 ? paintStrings.cellIsPage : `${paintStrings.cellIsPage}, ${paintStrings.tiles(tiles, 64 / tiles)}`;
}
