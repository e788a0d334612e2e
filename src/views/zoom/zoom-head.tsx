import { inspectorStrings } from '../../model/strings/inspector.ts';
import { zoomStrings as words } from '../../model/strings/zoom.ts';
import { type Addr, PAGE_BYTES } from '../../model/units.ts';
import type { Inspected } from '../../state/inspections.ts';
import { depthOf } from '../../state/zooming.ts';
import { laneTitle } from '../lanes/lane-names.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { nextLane, showInLane } from './next-lane.ts';
import '../lanes/lane-badge.css';

interface Props {
  readonly target: Inspected;
  readonly chunk: { readonly payload: Addr } | null;
}

/** How near one looks, and the ways on: nearer, up again, to the same block in the next lane. */
export function ZoomHead({ target, chunk }: Props) {
  const app = useApp();
  const { records, zoom } = app;
  const depth = useFact(depthOf);
  const { lane, index, page, position } = target;
  const pages = records.lane(lane.key).series.pagesAt(position);
  const what = target.block !== 0 ? words.path.block : words.path.hole;
  const next = nextLane(app);
  return (
    <header className="zoom-head">
      <nav aria-label={words.path.label}>
        <ol>
          <li>
            <span className="lane-badge" aria-hidden="true">
              {laneLetter(index)}
            </span>
            <b>{laneTitle(lane)}</b>
          </li>
          <Step at={false} go={() => zoom.to('pages')}>
            {words.path.pages(pages)}
          </Step>
          <Step at={depth === 'page'} go={() => zoom.to('page')}>
            {words.path.page(page)} <code>{inspectorStrings.address(page * PAGE_BYTES)}</code>
          </Step>
          {chunk !== null && (
            <Step at={depth === 'block'} go={() => zoom.to('block')}>
              {what} <code>{inspectorStrings.address(chunk.payload)}</code>
            </Step>
          )}
          {depth === 'bytes' && (
            <Step at go={() => undefined}>
              {words.path.bytes}
            </Step>
          )}
        </ol>
      </nav>
      <p className="zoom-hints">
        <span className="zoom-wheel">{words.hints.wheel}</span>
        <button type="button" className="button" aria-label={words.in} onClick={() => zoom.down()}>
          +
        </button>
        <button type="button" className="button" aria-label={words.out} onClick={() => zoom.up()}>
          −
        </button>
        <span>{words.hints.zoom}</span>
        <span className="zoom-keys">
          <kbd>Esc</kbd> {words.hints.up} <kbd>B</kbd> {words.hints.lane}
        </span>
      </p>
      {next >= 0 && (
        <button type="button" className="button" onClick={() => showInLane(app, next)}>
          <span aria-hidden="true">⇄ </span>
          {words.showIn(laneLetter(next))}
        </button>
      )}
    </header>
  );
}

function Step({ at, go, children }: { at: boolean; go: () => void; children: React.ReactNode }) {
  return (
    <li>
      <button type="button" aria-current={at ? 'step' : undefined} onClick={go}>
        {children}
      </button>
    </li>
  );
}
