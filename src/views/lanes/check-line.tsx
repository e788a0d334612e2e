import { useRef } from 'react';
import type { Survey } from '../../model/metrics.ts';
import { metricStrings } from '../../model/strings/metrics.ts';
import { grouped } from '../../model/strings/numbers.ts';
import type { Lane } from '../../state/store.ts';
import { useApp } from '../shared/app-context.tsx';
import { useFrame } from '../shared/use-frame.ts';
import { isFresh } from './lane-facts.ts';
import './check-line.css';

const CLASSES = ['static', 'live', 'slack', 'metadata', 'free', 'dead', 'top'] as const;

/**
 * The sum of the byte classes against the committed bytes, or what the integrity check found. It is the reader's walk over
 * the bytes held against the operations: the line is where a wrong figure would show.
 */
export function CheckLine({ lane, letter }: { lane: Lane; letter: string }) {
  const { store } = useApp();
  const root = useRef<HTMLParagraphElement>(null);
  const broken = lane.result?.stopped ?? null;
  useFrame(() => {
    const state = store.getState();
    const now = state.lanes.find((other) => other.key === lane.key);
    if (now !== undefined) root.current?.toggleAttribute('data-stale', !isFresh(state, now));
  });
  const { survey } = lane;
  const fault =
    survey?.broken ?? (broken !== null && survey !== null && survey.position >= broken.operation ? broken : null);
  const said: Said =
    survey === null ? [metricStrings.check.waiting, ''] : fault !== null ? [fault.rule, ''] : sumText(survey);
  return (
    <p
      ref={root}
      className="check-line"
      data-lane={letter}
      data-broken={fault !== null || undefined}
      data-adds={survey === null ? undefined : survey.adds}
      title={said.join('') === '' ? metricStrings.check.label : `${metricStrings.check.label}: ${said.join('')}`}
    >
      <span className="check-parts">{said[0]}</span>
      <span className="check-sum">{said[1]}</span>
    </p>
  );
}

/** What may be cut where there is little room, and what may not. */
type Said = readonly [string, string];

function sumText(survey: Survey): Said {
  const parts: string[] = [];
  let sum = 0;
  for (const name of CLASSES) {
    const bytes = survey.metrics[name] ?? 0;
    sum += bytes;
    if (bytes !== 0) parts.push(metricStrings.check.bytes(metricStrings.check.parts[name], bytes));
  }
  const committed = survey.metrics.committed ?? 0;
  if (survey.adds && sum === committed) return metricStrings.check.adds(parts, grouped(committed));
  return ['', metricStrings.check.wrong(sum, committed)];
}
