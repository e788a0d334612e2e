import { useRef } from 'react';
import { binEnd, binFrom, HOLE_BINS, HOLE_LABELS, holeBins, placeOnAxis } from '../../model/hole-bins.ts';
import { headerBytes, parseLaneName } from '../../model/lanes.ts';
import type { Survey } from '../../model/metrics.ts';
import { bytesWanted, nextRequest, type RequestOutcome, requestOutcome } from '../../model/request-outcome.ts';
import { metricStrings } from '../../model/strings/metrics.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import type { Bytes } from '../../model/units.ts';
import type { Lane } from '../../state/store.ts';
import { isFresh } from '../lanes/lane-facts.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { useFrame } from '../shared/use-frame.ts';
import './hole-histogram.css';

const HEIGHT = 34;

/** Free bytes of a lane by the size of the hole they lie in, and a needle at the size of the next request. */
export function HoleHistogram({ lane, letter, most }: { lane: Lane; letter: string; most: Bytes }) {
  const { store, records, point } = useApp();
  const scenario = useFact((state) => state.scenario);
  const hovered = useFact((state) => state.link.hover);
  const root = useRef<HTMLElement>(null);
  useFrame(() => {
    const state = store.getState();
    const now = state.lanes.find((other) => other.key === lane.key);
    if (now !== undefined) root.current?.toggleAttribute('data-stale', !isFresh(state, now));
  });
  const { survey } = lane;
  const allocator = parseLaneName(lane.config.name);
  const arena = allocator?.id === 'arena';
  const { operations } = records;
  const request =
    survey === null || scenario === null || operations === null ? 0 : nextRequest(operations, survey.position);
  const next = operations === null ? null : bytesWanted(allocator, operations, request);
  const { frame, series } = records.lane(lane.key);
  const outcome =
    request === 0 || survey === null || frame === null || allocator === null
      ? null
      : requestOutcome(request, operations!, survey, series, headerBytes(allocator), (t) => frame.blockOf(t));
  const caption = captionOf(survey, next, arena);
  const lit = hovered?.kind === 'holes' && hovered.lane === lane.key ? hovered.from : null;
  return (
    <figure ref={root} className="histogram" data-lane={letter}>
      <figcaption className="histogram-caption">{caption}</figcaption>
      {survey !== null && !arena && (
        <svg
          className="histogram-bars"
          viewBox={`0 0 ${HOLE_BINS} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={metricStrings.holes.label(letter)}
        >
          {holeBins(survey).map(({ bin, holes, bytes }) => {
            const height = most === 0 ? 0 : Math.max(bytes > 0 ? 1.5 : 0, (bytes / most) * HEIGHT);
            const fits = next !== null && binEnd(bin) > next;
            return (
              <g
                key={bin}
                className="histogram-bin"
                data-fits={fits || undefined}
                data-lit={lit === binFrom(bin) || undefined}
                onPointerEnter={() =>
                  point.hover({
                    kind: 'holes',
                    lane: lane.key,
                    from: binFrom(bin),
                    to: binEnd(bin) - 1,
                  })
                }
                onPointerLeave={() => point.hover(null)}
              >
                <title>{metricStrings.holes.bar(binFrom(bin), holes, bytes)}</title>
                <rect className="histogram-hit" x={bin} y={0} width={1} height={HEIGHT} />
                <rect className="histogram-bar" x={bin + 0.08} y={HEIGHT - height} width={0.84} height={height} />
              </g>
            );
          })}
        </svg>
      )}
      {next !== null && !arena && (
        <span className="histogram-needle" style={{ insetInlineStart: `${100 * placeOnAxis(next)}%` }} />
      )}
      <div className="histogram-axis" aria-hidden="true">
        {HOLE_LABELS.map(({ text, bin }) => (
          <span
            key={bin}
            style={bin === HOLE_BINS - 1 ? { insetInlineEnd: 0 } : { insetInlineStart: `${(bin / HOLE_BINS) * 100}%` }}
          >
            {text}
          </span>
        ))}
      </div>
      {survey !== null && (
        <p
          className="histogram-outcome"
          title={
            outcome === null || next === null
              ? undefined
              : `${metricStrings.holes.nextFull(request, operations!.size[request - 1]!)} ${outcomeText(outcome)}.`
          }
        >
          {outcome === null ? metricStrings.holes.noRequest : `${metricStrings.holes.next} ${outcomeText(outcome)}.`}
        </p>
      )}
    </figure>
  );
}

/** What became of the request, as a predicate: `goes into a hole of 5 600 B at 0x002dd1f8`. */
export function outcomeText(outcome: RequestOutcome): string {
  const say = metricStrings.holes.outcome;
  switch (outcome.kind) {
    case 'stopped':
    case 'fails':
    case 'nothing':
      return say[outcome.kind];
    case 'grows':
      return say.grows(outcome.pages);
    case 'hole':
      return say.hole(outcome.bytes, outcome.holes, words.address(outcome.address));
    case 'stays':
    case 'top':
    case 'freed':
      return say[outcome.kind](words.address(outcome.address));
  }
}

export function captionOf(survey: Survey | null, next: Bytes | null, arena: boolean): string {
  if (survey === null) return metricStrings.holes.waiting;
  if (arena) return metricStrings.holes.noneArena;
  const all = survey.holeBytes.length;
  if (all === 0) return metricStrings.holes.none;
  if (next === null) return metricStrings.holes.noNext(all);
  let fitting = 0;
  for (const bytes of survey.holeBytes) if (bytes >= next) fitting++;
  return metricStrings.holes.fit(fitting, all, next);
}
