import { Suspense } from 'react';
import type { AppState } from '../../state/store.ts';
import { useFact } from '../shared/app-context.tsx';
import { part } from '../shared/part.tsx';
import { LaneMaps, type LaneMapsProps } from './lane-maps.tsx';
import '../lanes/lane-row.css';

const Difference = part(() => import('./difference-view.tsx').then((m) => m.DifferenceView));

/** The lanes' maps side by side, or the difference of two of them. */
export function Maps(props: LaneMapsProps) {
  const difference = useFact(showsDifference);
  if (!difference) return <LaneMaps {...props} />;
  return (
    <Suspense fallback={<div className="compare-row lane-maps" />}>
      <Difference short={props.short ?? false} tools={props.tools} />
    </Suspense>
  );
}

/** A view of lanes that are gone since is one of the lanes side by side. */
function showsDifference({ view, lanes }: AppState): boolean {
  return view.kind === 'difference' && view.from !== view.to && Math.max(view.from, view.to) < lanes.length;
}
