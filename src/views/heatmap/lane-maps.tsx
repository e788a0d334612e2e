import { type ReactNode, useMemo } from 'react';
import { ALLOCATORS, parseLaneName } from '../../model/lanes.ts';
import { laneViewport } from '../../paint/lane-viewport.ts';
import { lastFirstPage } from '../../paint/viewport.ts';
import type { Lane } from '../../state/store.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { useSize } from '../shared/use-canvas.ts';
import { useExtent } from './final-pages.ts';
import { LaneMap } from './lane-map.tsx';
import { Legend } from './legend.tsx';
import { MapAxis } from './map-axis.tsx';
import { ScrollNote } from './scroll-note.tsx';
import { useMapScroll } from './use-map-scroll.ts';
import './lane-maps.css';
import '../lanes/lane-row.css';

export interface LaneMapsProps {
  readonly lanes: readonly Lane[];
  readonly letters: readonly string[];
  /** The address scale has room for numbers only. */
  readonly short?: boolean;
  /** Stands at the end of the strip over the maps. */
  readonly tools?: ReactNode;
  /** Stands between the maps and their legend. */
  readonly children?: ReactNode;
}

/** The maps of all lanes in one geometry, so that the same place in two of them is the same page; the address scale once. */
export function LaneMaps({ lanes, letters, short = false, tools, children }: LaneMapsProps) {
  const { records } = useApp();
  const generation = useFact((state) => state.generation);
  const { ref: slot, size } = useSize();
  const extent = useExtent(records, lanes, generation);
  const order = useFact((state) => state.order);
  const pitch = useFact((state) => state.pitch);
  const asked = useFact((state) => state.firstPage);
  const unscrolled = useMemo(
    () => (size === null ? null : laneViewport({ ...size, order, pitch }, extent)),
    [size, extent, order, pitch],
  );
  const firstPage = unscrolled === null ? 0 : Math.min(asked, lastFirstPage(unscrolled, extent.longest));
  const viewport = useMemo(
    () => (size === null ? null : laneViewport({ ...size, order, pitch, firstPage }, extent)),
    [size, extent, order, pitch, firstPage],
  );
  const scroll = useMapScroll(viewport, extent.longest);
  const dead = lanes.some(({ config }) => {
    const allocator = parseLaneName(config.name);
    return allocator === null || ALLOCATORS[allocator.id].kind !== 'dlmalloc' || ALLOCATORS[allocator.id].grownOnly;
  });
  return (
    <>
      <div className="map-strip">
        {viewport !== null && (
          <ScrollNote lanes={short ? [] : lanes} short={short} viewport={viewport} pages={extent.longest} />
        )}
        {tools}
      </div>
      <div
        ref={scroll}
        className="compare-row lane-maps"
        data-scrolls={(viewport !== null && lastFirstPage(viewport, extent.longest) > 0) || undefined}
      >
        <MapAxis viewport={viewport} pages={extent.longest} short={short} />
        {lanes.map((lane, index) => (
          <div key={lane.key} className="map-slot" ref={index === 0 ? slot : undefined}>
            {viewport !== null && (
              <LaneMap lane={lane} letter={letters[index]!} viewport={viewport} pages={extent.longest} />
            )}
          </div>
        ))}
      </div>
      {children}
      <Legend viewport={viewport} dead={dead} />
    </>
  );
}
