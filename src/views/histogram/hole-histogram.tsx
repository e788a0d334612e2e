import { useRef } from 'react';
import { parseLaneName } from '../../model/lanes.ts';
import type { Survey } from '../../model/metrics.ts';
import { type Operations, OpKind } from '../../model/operations.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import type { Bytes, Position } from '../../model/units.ts';
import type { Lane } from '../../state/store.ts';
import { isFresh } from '../lanes/lane-facts.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { useFrame } from '../shared/use-frame.ts';
import './hole-histogram.css';

/** Bins from 2⁴ to 2¹⁸ bytes; what is smaller or larger stands in the first and the last. */
const FIRST = 4;
const LAST = 18;
const BINS = LAST - FIRST + 1;
const LABELLED = [4, 6, 8, 10, 12, 14, 16];
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
  const arena = parseLaneName(lane.config.name)?.id === 'arena';
  const next = survey === null || scenario === null ? null : nextRequest(records.operations, survey.position);
  const caption = captionOf(survey, next, arena);
  const lit = hovered?.kind === 'holes' && hovered.lane === lane.key ? hovered.from : null;
  return (
    <figure ref={root} className="histogram" data-lane={letter}>
      <figcaption className="histogram-caption">{caption}</figcaption>
      {survey !== null && !arena && (
        <svg
          className="histogram-bars"
          viewBox={`0 0 ${BINS} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={words.holes.label(letter)}
        >
          {bins(survey).map(({ bin, holes, bytes }) => {
            const height = most === 0 ? 0 : Math.max(bytes > 0 ? 1.5 : 0, (bytes / most) * HEIGHT);
            const fits = next !== null && 2 ** (bin + FIRST + 1) > next;
            return (
              <g
                key={bin}
                className="histogram-bin"
                data-fits={fits || undefined}
                data-lit={lit === 2 ** (bin + FIRST) || undefined}
                onPointerEnter={() =>
                  point.hover({
                    kind: 'holes',
                    lane: lane.key,
                    from: 2 ** (bin + FIRST),
                    to: 2 ** (bin + FIRST + 1) - 1,
                  })
                }
                onPointerLeave={() => point.hover(null)}
              >
                <title>{words.holes.bar(2 ** (bin + FIRST), holes, bytes)}</title>
                <rect className="histogram-hit" x={bin} y={0} width={1} height={HEIGHT} />
                <rect className="histogram-bar" x={bin + 0.08} y={HEIGHT - height} width={0.84} height={height} />
              </g>
            );
          })}
        </svg>
      )}
      {next !== null && !arena && (
        <span className="histogram-needle" style={{ insetInlineStart: `${needleAt(next)}%` }} />
      )}
      <div className="histogram-axis" aria-hidden="true">
        {LABELLED.map((power) => (
          <span key={power} style={{ insetInlineStart: `${((power - FIRST) / BINS) * 100}%` }}>
            {power < 10 ? 2 ** power : `${2 ** (power - 10)}k`}
          </span>
        ))}
      </div>
    </figure>
  );
}

/** Holes and bytes of each bin, gathered from the survey's powers of two. */
export function bins(survey: Survey): { bin: number; holes: number; bytes: Bytes }[] {
  const out = Array.from({ length: BINS }, (_, bin) => ({ bin, holes: 0, bytes: 0 }));
  survey.histogramCount.forEach((holes, power) => {
    const bin = out[Math.min(LAST, Math.max(FIRST, power)) - FIRST]!;
    bin.holes += holes;
    bin.bytes += survey.histogramBytes[power]!;
  });
  return out;
}

/** The most bytes in one bin, so that lanes share a scale. */
export function tallestBin(lanes: readonly Lane[]): Bytes {
  let most = 0;
  for (const lane of lanes)
    if (lane.survey !== null) for (const { bytes } of bins(lane.survey)) most = Math.max(most, bytes);
  return most;
}

/** Bytes that the next operation asking for memory wants after `position`, or null at the end. */
export function nextRequest(operations: Operations | null, position: Position): Bytes | null {
  if (operations === null) return null;
  for (let k = position; k < operations.count; k++) {
    if (operations.kind[k] === OpKind.Alloc || operations.kind[k] === OpKind.Realloc) return operations.size[k]!;
  }
  return null;
}

const needleAt = (bytes: Bytes) => Math.min(99.5, Math.max(0, ((Math.log2(Math.max(1, bytes)) - FIRST) / BINS) * 100));

function captionOf(survey: Survey | null, next: Bytes | null, arena: boolean): string {
  if (survey === null) return words.holes.waiting;
  if (arena) return words.holes.noneArena;
  const all = survey.holeBytes.length;
  if (all === 0) return words.holes.none;
  if (next === null) return words.holes.noNext(all);
  let fitting = 0;
  for (const bytes of survey.holeBytes) if (bytes >= next) fitting++;
  return words.holes.fit(fitting, all, next);
}
