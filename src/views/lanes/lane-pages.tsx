import { useRef } from 'react';
import type { Lane } from '../../state/store.ts';
import { useApp } from '../shared/app-context.tsx';
import { useFrame } from '../shared/use-frame.ts';
import { laneFacts } from './lane-facts.ts';

/** The pages of a lane at the playhead: written in the frame that draws them. */
export function LanePages({ lane }: { lane: Lane }) {
  const { store, records } = useApp();
  const number = useRef<HTMLElement>(null);
  useFrame(() => {
    const known = laneFacts(records, store.getState(), lane);
    if (known === null || number.current === null) return;
    const text = String(known.facts.pages);
    if (number.current.textContent !== text) number.current.textContent = text;
  });
  return <strong ref={number} />;
}
