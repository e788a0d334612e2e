import { type PointerEvent, useMemo } from 'react';
import { mapStrings as words } from '../../model/strings/maps.ts';
import { MAX_PAGES, type Pages } from '../../model/units.ts';
import { cellOfPage } from '../../paint/page-order.ts';
import { firstPageAround, fixedViewport, lastFirstPage, pageAt, type Viewport } from '../../paint/viewport.ts';
import type { Lane } from '../../state/store.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { SideMap } from './side-map.tsx';
import { useRatio } from './use-ratio.ts';

interface Props {
  readonly lane: Lane;
  /** Of the map beside it. */
  readonly viewport: Viewport | null;
  readonly pages: Pages;
}

const SLOT = 2;

/** All 65,536 pages, a pixel each: where memory ends, what is in sight, what is broken. A press or a drag scrolls there. */
export function MiniMap({ lane, viewport, pages }: Props) {
  const { look } = useApp();
  const order = useFact((state) => state.order);
  const ratio = useRatio();
  const all = useMemo(() => {
    const cell = Math.max(1, Math.round(ratio));
    return fixedViewport({ columns: 256, rows: 256, cell, gap: 0, side: 1 }, { ratio, order });
  }, [ratio, order]);
  const go = (event: PointerEvent<HTMLDivElement>) => {
    if (viewport === null || event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const page = pageAt(all, event.clientX - box.left, event.clientY - box.top);
    if (page >= 0) look.setFirstPage(Math.min(lastFirstPage(viewport, pages), firstPageAround(viewport, page)));
  };
  return (
    <section className="alone-mini" aria-label={words.allPages(MAX_PAGES)}>
      <p>{words.allPages(MAX_PAGES)}</p>
      <div className="mini-axis" aria-hidden="true">
        {[0, 1, 2, 3, 4].map((gib) => (
          <span key={gib} style={{ insetBlockStart: (all.origin + (gib / 4) * 256 * all.pitch) / all.ratio }}>
            {words.gib(gib)}
          </span>
        ))}
      </div>
      <div className="mini-press" onPointerDown={go} onPointerMove={go}>
        <SideMap lane={lane} viewport={all} slot={SLOT}>
          {viewport !== null && <Sight all={all} shown={viewport} />}
          <Broken lane={lane} all={all} />
        </SideMap>
      </div>
    </section>
  );
}

/** A frame round the rows that the map beside it shows. */
function Sight({ all, shown }: { all: Viewport; shown: Viewport }) {
  const scale = all.pitch / all.ratio;
  const top = Math.floor(shown.firstPage / 256);
  const rows = Math.min(256 - top, Math.ceil((shown.rows * shown.columns) / 256));
  return (
    <i
      className="mini-sight"
      style={{
        insetBlockStart: all.origin / all.ratio + top * scale - 2,
        insetInlineStart: all.origin / all.ratio - 2,
        inlineSize: 256 * scale + 4,
        blockSize: rows * scale + 4,
      }}
    />
  );
}

/** Where a lane's bytes are broken: of a fixed size, since a page is a pixel here. */
function Broken({ lane, all }: { lane: Lane; all: Viewport }) {
  const address = useFact((state) => {
    const stopped = lane.result?.stopped ?? null;
    const broken = stopped !== null && state.position >= stopped.operation ? stopped : (lane.survey?.broken ?? null);
    return broken?.address ?? null;
  });
  if (address === null) return null;
  const cell = cellOfPage(all, Math.floor(address / 65_536));
  const at = (index: number) => (all.origin + (index + 0.5) * all.pitch) / all.ratio - 4;
  return (
    <i
      className="mini-broken"
      style={{ insetInlineStart: at(cell % 256), insetBlockStart: at(Math.floor(cell / 256)) }}
    />
  );
}
