import { useMemo } from 'react';
import { mapStrings as words } from '../../model/strings/maps.ts';
import { MAX_PAGES } from '../../model/units.ts';
import { fixedViewport } from '../../paint/viewport.ts';
import type { Lane } from '../../state/store.ts';
import { useFact } from '../shared/app-context.tsx';
import { SideMap } from './side-map.tsx';
import { useRatio } from './use-ratio.ts';

interface Props {
  readonly lane: Lane;
  /** A multiple of 256. */
  readonly firstPage: number;
  readonly pinned: boolean;
  readonly onPin: () => void;
}

const SLOT = 3;
const PITCH = 17;

/** 256 pages with their tiles, those round the page that is pointed at; pinned, they stay. */
export function Lens({ lane, firstPage, pinned, onPin }: Props) {
  const order = useFact((state) => state.order);
  const ratio = useRatio();
  const viewport = useMemo(() => {
    const gap = Math.max(1, Math.round(ratio));
    const cell = Math.floor((Math.floor(PITCH * ratio) - gap) / 4) * 4;
    return fixedViewport({ columns: 16, rows: 16, cell, gap, side: 4 }, { ratio, order, firstPage });
  }, [ratio, order, firstPage]);
  const title = words.lens(firstPage, Math.min(MAX_PAGES, firstPage + 256) - 1);
  return (
    <section className="alone-lens" aria-label={title}>
      <header>
        <h3>{title}</h3>
        <button
          type="button"
          className="button"
          aria-pressed={pinned}
          aria-label={words.pinLens}
          title={words.lensTiles}
          onClick={onPin}
        >
          {pinned ? words.pinned : words.pin}
        </button>
      </header>
      <SideMap lane={lane} viewport={viewport} slot={SLOT} />
    </section>
  );
}
