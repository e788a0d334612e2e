import type { ReactNode } from 'react';
import { CELL_STATES, CellState } from '../../model/heap-frame.ts';
import { mapStrings as words } from '../../model/strings/maps.ts';
import { metricStrings } from '../../model/strings/metrics.ts';
import { grouped, memory } from '../../model/strings/numbers.ts';
import { viewsStrings } from '../../model/strings/views.ts';
import { PAGE_BYTES } from '../../model/units.ts';
import type { Lane } from '../../state/store.ts';
import { isFresh } from '../lanes/lane-facts.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { usePosition } from '../shared/use-position.ts';
import { usePageCounts } from './page-counts.ts';

/** What a map of so many pages comes to, in five figures. */
export function Figures({ lane, onHole }: { lane: Lane; onHole: (page: number) => void }) {
  const { store } = useApp();
  const counts = usePageCounts(lane);
  const position = usePosition();
  const scenario = useFact((state) => state.scenario);
  const { survey } = lane;
  const stale = !isFresh({ ...store.getState(), position }, lane);
  const empty = counts[CellState.Free]! + counts[CellState.Untouched]! + counts[CellState.Dead]!;
  const held = counts[CELL_STATES]!;
  const free = survey?.metrics.free ?? null;
  const fragmentation = survey?.metrics.external_fragmentation ?? null;
  const largest = survey?.metrics.largest_hole ?? null;
  const found = (scenario?.findings.length ?? 0) + (lane.result?.findings.length ?? 0);
  const broken = survey?.broken != null || (lane.result?.stopped ?? null) !== null ? 1 : 0;
  const failures = survey?.metrics.failures ?? 0;
  return (
    <dl className="alone-facts-list">
      <Figure name={words.empty} note={words.emptyNote(empty * PAGE_BYTES)}>
        {words.pages(empty)}
      </Figure>
      <Figure name={words.held} note={words.heldNote(held * PAGE_BYTES)}>
        {words.pages(held)}
      </Figure>
      <Figure name={words.holes} stale={stale} note={free === null ? '' : words.holesNote(free)}>
        {survey === null ? words.reading : grouped(survey.holeBytes.length)}
      </Figure>
      <Figure
        name={words.hole}
        stale={stale}
        note={fragmentation === null ? '' : words.fragmentation(viewsStrings.percent(fragmentation))}
      >
        {survey === null ? (
          words.reading
        ) : largest === null ? (
          metricStrings.metric.none
        ) : (
          <button
            type="button"
            disabled={largest === 0}
            onClick={() => {
              const index = survey.holeBytes.indexOf(largest);
              if (index >= 0) onHole(Math.floor(survey.holeAddress[index]! / PAGE_BYTES));
            }}
          >
            {memory(largest)}
          </button>
        )}
      </Figure>
      <Figure name={words.findings} note={failures === 0 ? '' : words.failed(failures)} broken={broken > 0}>
        {broken > 0 ? words.broken(broken) : found > 0 ? words.found(found) : words.noFindings}
      </Figure>
    </dl>
  );
}

interface FigureProps {
  readonly name: string;
  readonly note: string;
  /** Of another operation than the one drawn. */
  readonly stale?: boolean;
  readonly broken?: boolean;
  readonly children: ReactNode;
}

function Figure({ name, note, stale = false, broken = false, children }: FigureProps) {
  return (
    <div data-stale={stale || undefined} data-broken={broken || undefined}>
      <dt>{name}</dt>
      <dd>
        <strong>{children}</strong>
        <span>{note}</span>
      </dd>
    </div>
  );
}
