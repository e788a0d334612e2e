import { inspectorStrings as words } from '../../model/strings/inspector.ts';
import { PAGE_BYTES } from '../../model/units.ts';
import { inspectedOf } from '../../state/inspections.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { usePosition } from '../shared/use-position.ts';
import { Budget } from './budget.tsx';
import './inspector.css';

/** The selected page in a few lines under a phone's map, and the way to all of it. */
export function PageSummary() {
  const { records, store, look } = useApp();
  usePosition();
  useFact((state) => state.link.selected);
  const known = useFact((state) => state.inspect.page);
  const target = inspectedOf(store.getState(), records);
  if (target === null) return null;
  const reading = known?.lane === target.lane.key && known.reading.page === target.page ? known.reading : null;
  const stale = reading !== null && reading.position !== target.position;
  return (
    <section className="page-summary" aria-label={words.page(target.page)}>
      <div className="inspector-head">
        <h2>
          {words.page(target.page)} <code>{words.address(target.page * PAGE_BYTES)}</code>
        </h2>
        <button type="button" className="button" data-kind="link" onClick={() => look.open('inspector')}>
          {words.openBlocks}
        </button>
      </div>
      <div data-stale={stale || undefined}>
        {reading === null ? (
          <p className="inspector-note">{words.waiting}</p>
        ) : reading.spans.kind.length === 0 ? (
          <p className="inspector-note">
            {words.notGrown(records.lane(target.lane.key).series.pagesAt(reading.position))}
          </p>
        ) : (
          <Budget reading={reading} />
        )}
      </div>
    </section>
  );
}
