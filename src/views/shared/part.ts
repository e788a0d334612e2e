import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { afterFirstMap } from './after-first-map.ts';

const coming = new Set<Promise<unknown>>();

/** Fetches a part of the page; `partsArrived` waits for it. Rejects as `load` does. */
export function fetchPart<T>(load: () => Promise<T>, after: Promise<void> = Promise.resolve()): Promise<T> {
  const part = after.then(load).finally(() => coming.delete(part));
  coming.add(part);
  return part;
}

/** A component in a chunk of its own, fetched when it is first rendered. */
export function part<P>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await fetchPart(load) }));
}

/** The same, fetched after the first map was drawn. Whoever renders it keeps its place. */
export function laterPart<P>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await fetchPart(load, afterFirstMap) }));
}

/** Resolves when no part is on its way, whether it came or not; true where there was one to wait for. */
export async function partsArrived(): Promise<boolean> {
  if (coming.size === 0) return false;
  while (coming.size > 0) await Promise.allSettled([...coming]);
  return true;
}
