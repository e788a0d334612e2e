import { mapStrings as words } from '../../model/strings/maps.ts';
import { MAX_PAGES, type Pages } from '../../model/units.ts';
import { lastFirstPage, type Viewport } from '../../paint/viewport.ts';
import type { Lane } from '../../state/store.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { useShowAlone } from './use-show-alone.ts';
import './lane-maps.css';

interface Props {
  /** Of which the longest can be shown alone. */
  readonly lanes: readonly Lane[];
  readonly viewport: Viewport;
  readonly pages: Pages;
  /** There is room for the numbers only. */
  readonly short?: boolean;
}

/** Over maps that are scrolled, or whose cells have another size than fits: what is in sight, and the ways to see more. */
export function ScrollNote({ lanes, viewport, pages, short = false }: Props) {
  const { look, records, store } = useApp();
  const pitch = useFact((state) => state.pitch);
  const showAlone = useShowAlone();
  const scrolls = lastFirstPage(viewport, pages) > 0;
  const dots = viewport.gap === 0 && pitch === null;
  if (!scrolls && !dots && pitch === null) return null;
  const longest = lanes.reduce<Lane | undefined>(
    (most, lane) =>
      most === undefined || records.lane(lane.key).series.finalPages > records.lane(most.key).series.finalPages
        ? lane
        : most,
    undefined,
  );
  const shown = Math.min(MAX_PAGES, viewport.firstPage + viewport.rows * viewport.columns) - 1;
  return (
    <p className="scroll-note">
      {scrolls && (
        <span>{(short ? words.inSight : words.scrolled)(viewport.firstPage, Math.min(shown, pages - 1), pages)}</span>
      )}
      {pitch !== null && (
        <button type="button" aria-label={words.fit} onClick={() => look.setPitch(null)}>
          {short ? words.fitShort : words.fit}
        </button>
      )}
      {(scrolls || dots) && longest !== undefined && store.getState().lanes.length > 1 && (
        <button type="button" onClick={() => showAlone(longest.key)}>
          {words.aloneOf(laneLetter(store.getState().lanes.findIndex(({ key }) => key === longest.key)))}
        </button>
      )}
    </p>
  );
}
