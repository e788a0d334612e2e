import { type ComponentType, lazy, useEffect, useReducer } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { viewsStrings as words } from '../../model/strings/views.ts';
import { afterFirstMap } from './after-first-map.ts';

const coming = new Set<Promise<unknown>>();

/** Fetches a part of the page; `partsArrived` waits for it. Rejects as `load` does. */
export function fetchPart<T>(load: () => Promise<T>, after: Promise<void> = Promise.resolve()): Promise<T> {
  const part = after.then(load).finally(() => coming.delete(part));
  coming.add(part);
  return part;
}

/** What has arrived is shown within this time, or nobody wants it any more. React holds it back for a third of that. */
const SHOWN_MS = 1000;

/** A part has arrived when it is there to be used: React shows what was fetched only some time later. */
function shownPart<P extends object>(Part: ComponentType<P>): ComponentType<P> {
  let shown: () => void = () => {};
  const mounted = new Promise<void>((resolve) => {
    shown = resolve;
    setTimeout(resolve, SHOWN_MS);
  });
  void fetchPart(() => mounted);
  return (props: P) => {
    useEffect(() => shown(), []);
    return <Part {...props} />;
  };
}

/** What stands where a part did not come, or could not be shown; it gets the part's properties too. */
export type FailedPart<P> = ComponentType<P & { readonly onAgain: () => void }>;

/** Each part's `load`, for who fetches ahead of need; a part can bring others. */
export const loads = new Set<() => Promise<unknown>>();

/**
 * A component in a chunk of its own, fetched when it is first rendered. Where that fails, or it throws, `Failed` stands in
 * its place until it is asked for again; the rest of the page goes on.
 */
export function part<P extends object>(
  load: () => Promise<ComponentType<P>>,
  Failed: FailedPart<P> = PartFailed,
  after?: Promise<void>,
): ComponentType<P> {
  loads.add(load);
  const coming = () => lazy(async () => ({ default: shownPart(await fetchPart(load, after)) }));
  let Shown = coming();
  return (props: P) => {
    const [, showAgain] = useReducer((tries: number) => tries + 1, 0);
    return (
      <ErrorBoundary
        onError={() => {
          Shown = coming();
        }}
        onReset={() => {
          fetchStylesAgain();
          showAgain();
        }}
        fallbackRender={({ resetErrorBoundary }) => <Failed {...props} onAgain={resetErrorBoundary} />}
      >
        <Shown {...props} />
      </ErrorBoundary>
    );
  };
}

/** The same, fetched after the first map was drawn. Whoever renders it keeps its place. */
export function laterPart<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  return part(load, PartFailed, afterFirstMap);
}

export function PartFailed({ onAgain }: { onAgain: () => void }) {
  useOnline(onAgain);
  return (
    <div className="part-failed" role="alert">
      <p>{words.part.failed}</p>
      <button type="button" className="button" onClick={onAgain}>
        {words.part.again}
      </button>
    </div>
  );
}

/** Asks again by itself once the network is back. */
export function useOnline(onAgain: () => void): void {
  useEffect(() => {
    addEventListener('online', onAgain);
    return () => removeEventListener('online', onAgain);
  }, [onAgain]);
}

/** Style sheets that did not come: the bundler asks for each of them once. */
const missing = new Set<HTMLLinkElement>();
globalThis.addEventListener?.('error', ({ target }) => target instanceof HTMLLinkElement && missing.add(target), true);

function fetchStylesAgain(): void {
  for (const link of missing) link.replaceWith(link.cloneNode());
  missing.clear();
}

/** Resolves when no part is on its way, whether it came or not; true where there was one to wait for. */
export async function partsArrived(): Promise<boolean> {
  if (coming.size === 0) return false;
  while (coming.size > 0) await Promise.allSettled([...coming]);
  return true;
}
