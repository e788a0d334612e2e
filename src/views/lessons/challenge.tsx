import type { Challenge as ChallengeData } from '../../model/lesson.ts';
import type { MetricId } from '../../model/metrics.ts';
import { lessonStrings as strings } from '../../model/strings/lessons.ts';
import type { CourseStep } from '../../state/store.ts';
import { useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { Line } from './prose.tsx';
import { useCourse } from './use-course.ts';
import { metricText } from './use-measured.ts';

const words = strings.challenge;

/** A task on the real script: what may be changed, the checks as they stand now, three hints, a solution. */
export function Challenge({ challenge, course: at }: { challenge: ChallengeData; course: CourseStep }) {
  const course = useCourse();
  const solved = useSolved();
  return (
    <section className="challenge" aria-labelledby="challenge-title">
      <h3 id="challenge-title">{words.title}</h3>
      <p>
        <Line text={challenge.task} />
      </p>
      <p className="challenge-lines">{words.lines(challenge.editable)}</p>
      <Checks />
      {solved && (
        <p className="challenge-solved">
          <b>{at.solutionShown ? words.solvedByPage : words.solved}</b> <Line text={challenge.why} />
        </p>
      )}
      {challenge.hints.slice(0, at.hints).map((hint, i) => (
        <p key={hint} className="challenge-hint">
          <b>{words.hint(i + 1)}.</b> <Line text={hint} />
        </p>
      ))}
      <p className="challenge-ways">
        {at.hints < challenge.hints.length && (
          <button type="button" className="button" onClick={() => course.hint()}>
            {words.showHint}
          </button>
        )}
        {at.hints === challenge.hints.length && !at.solutionShown && (
          <button type="button" className="button" onClick={() => course.solve()}>
            {words.solution}
          </button>
        )}
        <button type="button" className="button" data-kind="plain" onClick={() => course.reset()}>
          {words.start}
        </button>
      </p>
    </section>
  );
}

/** Every `expect` of the script and how it stands in the lanes that it speaks of. */
function Checks() {
  const scenario = useFact((state) => state.scenario);
  const lanes = useFact((state) => state.lanes);
  if (scenario === null) return null;
  return (
    <ul className="challenge-checks" aria-label={words.checks}>
      {scenario.checks.map((check, k) => {
        const results = lanes.map((lane) => lane.result?.checks[k]);
        const waiting = lanes.some((lane) => lane.result === null && lane.unopened === null);
        const failed = results.some((result) => result?.held === false);
        const state = waiting ? 'waiting' : failed ? 'failed' : 'held';
        const values = results
          .map((result, i) => {
            if (result === undefined || result.held !== false || typeof result.value !== 'number') return null;
            return words.was(laneLetter(i), metricText(check.metric.id as MetricId, result.value));
          })
          .filter((text) => text !== null);
        return (
          <li key={`${check.line} ${check.text}`} data-state={state}>
            <span className="challenge-sign" aria-hidden="true">
              {state === 'waiting' ? '…' : failed ? '✕' : '✓'}
            </span>
            <code>{check.text}</code>
            <span className="challenge-state">
              {words[state]}
              {values.length > 0 && ` (${values.join(', ')})`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** Do all checks hold in every lane? */
function useSolved(): boolean {
  return useFact(
    ({ scenario, lanes, status }) =>
      scenario !== null &&
      status.kind === 'done' &&
      scenario.checks.length > 0 &&
      lanes.every((lane) => lane.result?.checks.every((check) => check.held !== false) === true),
  );
}
