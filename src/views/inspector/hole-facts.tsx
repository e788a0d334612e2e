import type { PageReading } from '../../model/inspection.ts';
import { parseLaneName } from '../../model/lanes.ts';
import { SpanKind } from '../../model/spans.ts';
import { inspectorStrings as words } from '../../model/strings/inspector.ts';
import { type Addr, PAGE_BYTES } from '../../model/units.ts';
import type { Inspected } from '../../state/inspections.ts';
import { operationText } from '../editor/operation-text.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { listName } from './list-name.ts';

interface Props {
  readonly target: Inspected;
  readonly reading: PageReading;
  /** Index of the span, −1 for the largest hole. */
  readonly span: number;
  /** Its bytes are shown beside it. */
  readonly near?: boolean;
}

/** The hole that was picked, else the largest of the page: its size, since when, who freed it, its neighbours in the list. */
export function HoleFacts({ target, reading, span, near = false }: Props) {
  const { point, zoom } = useApp();
  const scenario = useFact((state) => state.scenario);
  const { spans } = reading;
  const at = span >= 0 ? span : largestHole(reading);
  if (at < 0 || scenario === null) return null;
  const kind = spans.kind[at]!;
  const start = spans.start[at]!;
  const bytes = spans.bytes[at]!;
  const since = spans.since[at]!;
  const listed = spans.list[at]! >= 0;
  const allocator = parseLaneName(target.lane.config.name);
  const pick = (payload: Addr) => point.pick(target.lane.key, Math.floor(payload / PAGE_BYTES), payload);
  const canBeFresh = kind === SpanKind.Free || kind === SpanKind.Top;
  const { operations, blocks } = scenario;
  return (
    <section className="hole-facts" data-kind={kind} aria-label={words.hole.at(start)}>
      <h3>{kind === SpanKind.Free ? words.hole.at(start) : words.hole.other(kind, start)}</h3>
      {since !== 0 ? (
        <p>
          {words.hole.since(bytes, since)} {words.hole.line(operations.line[since - 1]!)}:{' '}
          <code>{operationText(operations, since, blocks).code}</code>
        </p>
      ) : (
        <p>{canBeFresh ? words.hole.fresh(bytes) : words.hole.size(bytes)}</p>
      )}
      {listed && allocator !== null && (
        <dl className="facts">
          <div>
            <dt>{words.hole.placeLabel}</dt>
            <dd>
              {words.hole.place(spans.place[at]!, spans.length[at]!, listName(allocator, spans.list[at]!, bytes))}
            </dd>
          </div>
          <Neighbour name={words.hole.before} payload={spans.before[at]!} none={words.hole.first} pick={pick} />
          <Neighbour name={words.hole.after} payload={spans.after[at]!} none={words.hole.last} pick={pick} />
        </dl>
      )}
      {!near && (span >= 0 || kind === SpanKind.Free) && (
        <button
          type="button"
          className="button"
          onClick={() => {
            pick(start);
            zoom.to('bytes');
          }}
        >
          {words.bytes.show}
        </button>
      )}
    </section>
  );
}

function Neighbour({
  name,
  payload,
  none,
  pick,
}: {
  name: string;
  payload: Addr;
  none: string;
  pick: (payload: Addr) => void;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {payload === 0 ? (
          none
        ) : (
          <button type="button" className="button" data-kind="link" onClick={() => pick(payload)}>
            <code>{words.address(payload)}</code>
          </button>
        )}
      </dd>
    </div>
  );
}

function largestHole({ spans }: PageReading): number {
  let best = -1;
  spans.kind.forEach((kind, k) => {
    if (kind === SpanKind.Free && (best < 0 || spans.bytes[k]! > spans.bytes[best]!)) best = k;
  });
  return best;
}
