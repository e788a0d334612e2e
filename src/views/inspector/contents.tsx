import { useRef } from 'react';
import { SpanKind } from '../../model/spans.ts';
import { inspectorStrings as words } from '../../model/strings/inspector.ts';
import { PAGE_BYTES } from '../../model/units.ts';
import { chunkOf, type Inspected, inspectedOf } from '../../state/inspections.ts';
import type { AppState } from '../../state/store.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { useFrame } from '../shared/use-frame.ts';
import { usePosition } from '../shared/use-position.ts';
import { BlockFacts } from './block-facts.tsx';
import { Budget } from './budget.tsx';
import { HexView } from './hex-view.tsx';
import { HoleFacts } from './hole-facts.tsx';
import { PageNotes } from './page-notes.tsx';
import { PagePicture } from './page-picture.tsx';
import { Path } from './path.tsx';
import '../lanes/lane-badge.css';

/** The inspector without its frame, as a panel, a sheet or a dialog holds it. */
export function Contents({ onClose }: { onClose: (() => void) | null }) {
  const { records, store, zoom: near } = useApp();
  // Renders at React's pace; what is drawn every frame is only whether it still holds.
  usePosition();
  useFact((state) => state.lanes);
  useFact((state) => state.link.selected);
  useFact((state) => state.focusedLane);
  const inspect = useFact((state) => state.inspect);
  const zoom = useFact((state) => state.zoom);
  const root = useRef<HTMLDivElement>(null);
  useFrame(() => root.current?.toggleAttribute('data-stale', !isFresh(store.getState(), records)));
  const state = store.getState();
  const target = inspectedOf(state, records);
  if (target === null) return <Empty text={words.nothing} onClose={onClose} />;
  const letter = laneLetter(target.index);
  const known = inspect.page;
  const reading =
    known !== null && known.lane === target.lane.key && known.reading.page === target.page ? known.reading : null;
  const chunk = chunkOf(state, records, target);
  const span = reading === null || chunk === null ? -1 : reading.spans.start.indexOf(chunk.payload);
  const kind = span < 0 ? null : reading!.spans.kind[span]!;
  return (
    <div ref={root} className="inspector-contents" data-lane={letter}>
      <header className="inspector-head">
        <h2>
          <span className="lane-badge" aria-hidden="true">
            {letter}
          </span>
          <span className="visually-hidden">{words.letterPage(letter, target.page)}</span>
          <span aria-hidden="true">{words.page(target.page)}</span>{' '}
          <code>{words.address(target.page * PAGE_BYTES)}</code>
        </h2>
        {onClose !== null && (
          <>
            {target.held && (
              <button
                type="button"
                className="button"
                data-kind="plain"
                aria-label={words.nearerOf(target.page)}
                onClick={() => near.down()}
              >
                {words.nearer}
              </button>
            )}
            <button type="button" className="button" data-kind="plain" aria-label={words.close} onClick={onClose}>
              {words.closeShort}
            </button>
          </>
        )}
      </header>
      <Path target={target} chunk={chunk} />
      {!target.held && <p className="inspector-note">{words.follows}</p>}
      {reading === null ? (
        <p className="inspector-note">{words.waiting}</p>
      ) : zoom === 'bytes' && chunk !== null ? (
        <HexView target={target} chunk={chunk} reading={reading} />
      ) : reading.spans.kind.length === 0 ? (
        <p className="inspector-note">
          {words.notGrown(records.lane(target.lane.key).series.pagesAt(reading.position))}
        </p>
      ) : (
        <div className="inspector-parts">
          <PagePicture target={target} reading={reading} chunk={chunk} />
          <div className="inspector-facts">
            <Budget reading={reading} />
            <PageNotes target={target} reading={reading} />
          </div>
          {target.block !== 0 ? (
            <BlockFacts target={target} chunk={chunk} />
          ) : (
            <HoleFacts target={target} reading={reading} span={kind === SpanKind.Used ? -1 : span} />
          )}
        </div>
      )}
    </div>
  );
}

function Empty({ text, onClose }: { text: string; onClose: (() => void) | null }) {
  return (
    <div className="inspector-contents">
      <header className="inspector-head">
        <h2>{words.title}</h2>
        {onClose !== null && (
          <button type="button" className="button" data-kind="plain" aria-label={words.close} onClick={onClose}>
            {words.closeShort}
          </button>
        )}
      </header>
      <p className="inspector-note">{text}</p>
    </div>
  );
}

/** Is what was read that of the page and the operation drawn? */
function isFresh(state: AppState, records: ReturnType<typeof useApp>['records']): boolean {
  const target: Inspected | null = inspectedOf(state, records);
  const known = state.inspect.page;
  if (target === null || known === null) return false;
  const { reading } = known;
  return known.lane === target.lane.key && reading.page === target.page && reading.position === target.position;
}
