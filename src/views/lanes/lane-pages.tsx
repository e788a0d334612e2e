import { useRef } from 'react';
import { viewsStrings as words } from '../../model/strings/views.ts';
import type { Lane } from '../../state/store.ts';
import { useApp } from '../shared/app-context.tsx';
import { useFrame } from '../shared/use-frame.ts';
import { laneFacts } from './lane-facts.ts';

/** The pages of a lane at the playhead: written in the frame that draws them. */
export function LanePages({ lane }: { lane: Lane }) {
  const { store, records } = useApp();
  const number = useRef<HTMLElement>(null);
  const shown = useRef(-1);
  const unit = useRef<HTMLSpanElement>(null);
  useFrame(() => {
    const known = laneFacts(records, store.getState(), lane);
    if (known === null || number.current === null || unit.current === null) return;
    if (shown.current === known.facts.pages) return;
    shown.current = known.facts.pages;
    const text = words.lane.pages(known.facts.pages);
    number.current.textContent = text.number;
    unit.current.textContent = text.unit;
  });
  return (
    <>
      <strong ref={number} /> <span ref={unit} />
    </>
  );
}
