import type { CheckResult } from '../../engine/protocol.ts';
import { metricStrings } from '../../model/strings/metrics.ts';
import { scriptStrings } from '../../model/strings/script-panel.ts';
import { MessageText } from '../editor/message-text.tsx';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { findingsOf } from './findings-of.ts';
import './findings.css';

/** Kept short on the page; the rest is counted. */
const LISTED = 100;

/**
 * What went wrong, each with its operation and its line: findings of the scenario once, since all lanes share them, and
 * what a lane found by itself with the lane's letter; then what each `expect` came to.
 */
export function Findings() {
  const { playback, point } = useApp();
  const scenario = useFact((state) => state.scenario);
  const lanes = useFact((state) => state.lanes);
  const format = useFact((state) => state.format);
  if (scenario === null) return null;
  const entries = findingsOf(scenario, lanes);
  const checked = lanes.every((lane) => lane.result !== null);
  return (
    <section className="findings" aria-label={metricStrings.findings.title}>
      {entries.length === 0
        ? checked &&
          scenario.operations.count > 0 && (
            <p className="findings-none">{scriptStrings.script.noFindings(scenario.operations.count)}</p>
          )
        : null}
      {entries.length > 0 && (
        <>
          <h3 className="findings-title">{scriptStrings.script.findings(entries.length + scenario.findingsLeftOut)}</h3>
          <ol>
            {entries.slice(0, LISTED).map((entry) => (
              <li key={entry.key} data-lane={entry.letters || undefined} data-broken={entry.broken || undefined}>
                <button
                  type="button"
                  className="findings-go"
                  onClick={() => {
                    playback.seek(entry.operation);
                    if (format === 'script') point.select({ kind: 'line', line: entry.line });
                  }}
                >
                  <span className="findings-mark" aria-hidden="true" />
                  <span>
                    {entry.letters !== '' && <b className="findings-lane">{`${entry.letters} `}</b>}
                    <MessageText text={entry.message} />{' '}
                    <span className="findings-place">{metricStrings.findings.at(entry.operation, entry.line)}</span>
                  </span>
                </button>
              </li>
            ))}
          </ol>
          {entries.length + scenario.findingsLeftOut > LISTED && (
            <p className="findings-none">
              {scriptStrings.script.findingsLeftOut(entries.length + scenario.findingsLeftOut - LISTED)}
            </p>
          )}
        </>
      )}
      {scenario.checks.length > 0 && checked && <Checks />}
    </section>
  );
}

/** Each `expect` with what it came to in every lane that it speaks of. */
function Checks() {
  const scenario = useFact((state) => state.scenario)!;
  const lanes = useFact((state) => state.lanes);
  const { playback } = useApp();
  return (
    <>
      <h3 className="findings-title">{metricStrings.findings.checks}</h3>
      <ul className="checks">
        {scenario.checks.slice(0, LISTED).map((check, i) => (
          <li key={`${check.line} ${check.text}`}>
            <code className="checks-text">{check.text}</code>
            <span className="checks-lanes">
              {lanes.map((lane, index) => {
                const result = lane.result?.checks[i];
                if (result === undefined || result.held === null) return null;
                return (
                  <button
                    key={lane.key}
                    type="button"
                    className="check-chip"
                    data-lane={laneLetter(index)}
                    data-held={result.held}
                    title={metricStrings.findings.go(result.position)}
                    onClick={() => playback.seek(result.position)}
                  >
                    <b>{laneLetter(index)}</b> {chipText(result)}
                  </button>
                );
              })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function chipText(result: CheckResult): string {
  if (result.held === true) return metricStrings.findings.held;
  if (result.value === null) return metricStrings.findings.failed;
  return `${metricStrings.findings.failed}, ${metricStrings.findings.value(String(result.value))}`;
}
