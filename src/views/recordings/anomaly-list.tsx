import { useState } from 'react';
import { ANOMALY_KINDS, type Anomaly, type AnomalyKind } from '../../model/scenario.ts';
import { recordingStrings } from '../../model/strings/recordings.ts';
import { MessageText } from '../editor/message-text.tsx';
import './recordings.css';

interface AnomalyListProps {
  readonly anomalies: readonly Anomaly[];
  /** Anomalies counted but not kept. */
  readonly leftOut: number;
  /** Operations that were read. */
  readonly operations: number;
  /** Reading was stopped before the end. */
  readonly stopped?: boolean;
  /** Goes to where an anomaly stands: the operations done before it. */
  readonly onGo?: (position: number) => void;
}

const say = recordingStrings;

/** Line numbers named in a sentence; the list has them all. */
const LINES_NAMED = 5;
/** Entries drawn at a time. */
const ENTRIES = 200;

/** What was read, and what in it did not fit: a sentence a kind, and each one with its line on request. */
export function AnomalyList({ anomalies, leftOut, operations, stopped = false, onGo }: AnomalyListProps) {
  const [shown, setShown] = useState(0);
  const groups = byKind(anomalies);
  return (
    <section className="anomalies" aria-label={say.anomaliesTitle} data-anomalies={anomalies.length + leftOut}>
      <p>{stopped ? say.readPartly(operations) : say.readCount(operations)}</p>
      {groups.length > 0 && (
        <ul>
          {groups.map(({ kind, lines, count }) => (
            <li key={kind} data-kind={kind} data-count={count}>
              <p>{groups.length === 1 ? say.onlyAnomaly(say.anomaly[kind](count)) : say.anomaly[kind](count)}</p>
              <p className="anomalies-lines">{say.linesOf(lines, count - lines.length)}</p>
            </li>
          ))}
        </ul>
      )}
      {groups.length > 1 && <p>{say.allKept}</p>}
      {leftOut > 0 && <p>{say.notListed(leftOut)}</p>}
      {anomalies.length > shown && (
        <button type="button" className="button" data-kind="link" onClick={() => setShown(shown + ENTRIES)}>
          {shown === 0 ? say.showEach(anomalies.length) : say.showMore(Math.min(ENTRIES, anomalies.length - shown))}
        </button>
      )}
      {shown > 0 && (
        <ol className="anomalies-each">
          {anomalies.slice(0, shown).map((anomaly) => (
            <li key={`${anomaly.line} ${anomaly.operation} ${anomaly.kind} ${anomaly.detail}`}>
              <button
                type="button"
                className="button"
                data-kind="link"
                disabled={onGo === undefined}
                onClick={() => onGo?.(anomaly.operation)}
              >
                {say.anomalyLine(anomaly.line)}
              </button>
              <span>
                <MessageText text={anomaly.detail} />{' '}
                <span className="anomalies-lines">{say.anomalyAt(anomaly.operation)}</span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** Anomalies by kind, the most frequent first, with the first few lines of each. */
export function byKind(anomalies: readonly Anomaly[]): { kind: AnomalyKind; count: number; lines: number[] }[] {
  const groups = new Map<AnomalyKind, { kind: AnomalyKind; count: number; lines: number[] }>();
  for (const { kind, line } of anomalies) {
    const group = groups.get(kind) ?? { kind, count: 0, lines: [] };
    group.count++;
    if (group.lines.length < LINES_NAMED) group.lines.push(line);
    groups.set(kind, group);
  }
  return [...groups.values()].sort(
    (a, b) => b.count - a.count || ANOMALY_KINDS.indexOf(a.kind) - ANOMALY_KINDS.indexOf(b.kind),
  );
}
