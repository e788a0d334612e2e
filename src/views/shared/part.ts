import { type ComponentType, createElement, type LazyExoticComponent, lazy, useEffect } from 'react';
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
    return createElement(Part, props);
  };
}

/** A component in a chunk of its own, fetched when it is first rendered. */
export function part<P extends object>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: shownPart(await fetchPart(load)) }));
}

/** The same, fetched after the first map was drawn. Whoever renders it keeps its place. */
export function laterPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: shownPart(await fetchPart(load, afterFirstMap)) }));
}

/** Resolves when no part is on its way, whether it came or not; true where there was one to wait for. */
export async function partsArrived(): Promise<boolean> {
  if (coming.size === 0) return false;
  while (coming.size > 0) await Promise.allSettled([...coming]);
  return true;
}
