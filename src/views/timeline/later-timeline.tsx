import { Suspense } from 'react';
import type { TimelineKind } from '../../paint/timeline-view.ts';
import { laterPart } from '../shared/part.tsx';

const Timeline = laterPart(() => import('./timeline.tsx').then((m) => m.Timeline));

/** The timeline, which comes after the first map; its place is kept. */
export function LaterTimeline({ kind }: { kind: TimelineKind }) {
  return (
    <Suspense fallback={<div className="timeline-chart" />}>
      <Timeline kind={kind} />
    </Suspense>
  );
}
