import { ALLOCATORS, parseLaneName } from '../../model/lanes.ts';
import { zoomStrings as words } from '../../model/strings/zoom.ts';
import type { Lane } from '../../state/store.ts';
import { useFact } from '../shared/app-context.tsx';

/** What the fills and signs of a page's picture stand for. */
export function BlockLegend({ lane }: { lane: Lane }) {
  const colour = useFact((state) => state.colour);
  const id = parseLaneName(lane.config.name)?.id;
  const kind = id === undefined ? null : ALLOCATORS[id].kind;
  const header = id !== undefined && ALLOCATORS[id].header > 0;
  const { legend } = words;
  return (
    <ul className="zoom-legend" aria-label={legend.label}>
      {header && <Entry what="metadata" text={legend.header} />}
      {colour === 'live' && <Entry what="live" text={legend.live} />}
      <Entry what="slack" text={legend.slack} />
      {kind === 'arena' ? <Entry what="dead" text={legend.dead} /> : <Entry what="free" text={legend.free} />}
      <Entry what="top" text={legend.top} />
      {kind !== 'arena' && (
        <li>
          <i className="zoom-dot" aria-hidden="true" />
          {legend.link}
        </li>
      )}
    </ul>
  );
}

function Entry({ what, text }: { what: string; text: string }) {
  return (
    <li>
      <i className="budget-key" data-class={what} aria-hidden="true" />
      {text}
    </li>
  );
}
