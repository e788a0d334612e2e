import { mapStrings as words } from '../../model/strings/maps.ts';
import { viewsStrings } from '../../model/strings/views.ts';
import { PAGE_BYTES, type Pages } from '../../model/units.ts';
import type { Viewport } from '../../paint/viewport.ts';
import type { Lane } from '../../state/store.ts';
import { laneFacts } from '../lanes/lane-facts.ts';
import { laneTitle } from '../lanes/lane-names.ts';
import { useApp } from '../shared/app-context.tsx';
import { usePosition } from '../shared/use-position.ts';
import { PageFinder } from './page-finder.tsx';
import '../lanes/lane-badge.css';
import '../lanes/lane-header.css';

interface Props {
  readonly lane: Lane;
  readonly letter: string;
  readonly viewport: Viewport | null;
  readonly pages: Pages;
}

/** Which lane this is and how much memory it has; the way to a page, and the way back to all lanes. */
export function AloneHead({ lane, letter, viewport, pages }: Props) {
  const { look, records, store } = useApp();
  usePosition();
  const known = laneFacts(records, store.getState(), lane);
  const several = store.getState().lanes.length > 1;
  return (
    <header className="alone-head">
      <span className="lane-badge" aria-hidden="true">
        {letter}
      </span>
      <h2 className="lane-name">
        <span className="visually-hidden">{`${letter} `}</span>
        {laneTitle(lane)}
      </h2>
      <p className="alone-facts">
        {known !== null &&
          lane.opening !== null &&
          words.facts(
            known.facts.pages,
            known.facts.pages * PAGE_BYTES,
            lane.opening.max * PAGE_BYTES,
            viewsStrings.percent(known.facts.live / Math.max(1, known.facts.pages * PAGE_BYTES - known.base), 0),
          )}
      </p>
      <PageFinder lane={lane} viewport={viewport} pages={pages} />
      {several && (
        <button type="button" className="button" onClick={() => look.setView({ kind: 'compare' })}>
          {words.allLanes}
        </button>
      )}
    </header>
  );
}
