import { inspectorStrings as words } from '../../model/strings/inspector.ts';
import type { Addr } from '../../model/units.ts';
import type { Inspected } from '../../state/inspections.ts';
import { useApp, useFact } from '../shared/app-context.tsx';

/** How deep one looks, and the way back: all pages, page, block or hole, bytes. */
export function Path({
  target,
  chunk,
}: {
  target: Inspected;
  chunk: { readonly payload: Addr; readonly free: boolean } | null;
}) {
  const { point, zoom } = useApp();
  const depth = useFact((state) => state.zoom);
  const { lane, page, held } = target;
  const bytes = depth === 'bytes' && chunk !== null;
  const what = target.block !== 0 ? words.path.block : words.path.hole;
  return (
    <nav className="inspector-path" aria-label={words.path.label}>
      <ol>
        <Step text={words.path.pages} at={!held} go={() => point.select(null)} />
        {held && (
          <Step
            text={words.path.page}
            at={chunk === null}
            go={() => point.select({ kind: 'page', lane: lane.key, page })}
          />
        )}
        {chunk !== null && <Step text={what} at={!bytes} go={() => bytes && zoom.to('block')} />}
        {chunk !== null && <Step text={words.path.bytes} at={bytes} go={() => zoom.to('bytes')} />}
      </ol>
    </nav>
  );
}

function Step({ text, at, go }: { text: string; at: boolean; go: () => void }) {
  return (
    <li>
      <button type="button" aria-current={at ? 'step' : undefined} onClick={go}>
        {text}
      </button>
    </li>
  );
}
