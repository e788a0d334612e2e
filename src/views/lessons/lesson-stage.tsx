import { inherited } from '../../model/lesson.ts';
import { lessonStrings as words } from '../../model/strings/lessons.ts';
import { scriptStrings } from '../../model/strings/script-panel.ts';
import { viewsStrings } from '../../model/strings/views.ts';
import type { CourseStep, Lane } from '../../state/store.ts';
import { LaneMaps } from '../heatmap/lane-maps.tsx';
import { laneOptions, lanePolicy, laneTitle } from '../lanes/lane-names.ts';
import { LanePages } from '../lanes/lane-pages.tsx';
import { LaneSwitcher, PhoneTimeline } from '../phone/phone.tsx';
import { ScriptText } from '../script/script-panel.tsx';
import { useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { LaterTimeline } from '../timeline/later-timeline.tsx';
import { Counter, PlayButton, StepButton } from '../timeline/play-buttons.tsx';
import { LessonFacts } from './lesson-facts.tsx';
import { LessonFinding } from './lesson-finding.tsx';
import { PageToScale } from './page-to-scale.tsx';
import '../lanes/lane-row.css';
import '../lanes/lane-badge.css';

/** What is shown where a lesson says nothing else. */
const USUAL_FACTS = ['pages', 'live', 'free', 'largest_hole'];

/** The real thing beside the prose: script, numbers, maps and timeline of the lanes that run. */
export function LessonStage({ course, narrow }: { course: CourseStep; narrow: boolean }) {
  const lanes = useFact((state) => state.lanes);
  return (
    <main className="lesson-stage" id="maps" tabIndex={-1} aria-label={words.stage}>
      {narrow ? <NarrowMaps lanes={lanes} /> : null}
      {narrow ? <PhoneTimeline /> : null}
      <div className="lesson-source">
        <Script course={course} />
        <div className="lesson-measured">
          <LessonFacts metrics={inherited(course.lesson, course.step, 'show') ?? USUAL_FACTS} />
          <LessonFinding />
        </div>
        <PageToScale />
      </div>
      {narrow ? null : <WideMaps lanes={lanes} />}
      {narrow ? null : <Chart />}
    </main>
  );
}

function Script({ course }: { course: CourseStep }) {
  const { challenge } = course.lesson.steps[course.step]!;
  return (
    <section className="lesson-script" id="script" aria-label={scriptStrings.script.title}>
      <ScriptText
        follows
        {...(challenge === undefined
          ? {}
          : {
              editableLines: challenge.editable,
              lockedText: inherited(course.lesson, course.step, 'script') ?? '',
            })}
      />
    </section>
  );
}

function WideMaps({ lanes }: { lanes: readonly Lane[] }) {
  return (
    <div className="lesson-maps" id="lesson-lanes" style={{ ['--lanes' as string]: Math.max(1, lanes.length) }}>
      <div className="compare-row lesson-heads">
        <span />
        {lanes.map((lane, i) => (
          <div key={lane.key} className="lesson-lane" data-lane={laneLetter(i)}>
            <span className="lane-badge" aria-hidden="true">
              {laneLetter(i)}
            </span>
            <h2>{laneTitle(lane)}</h2>
            <p>{laneOptions(lane).join(', ') || lanePolicy(lane)}</p>
            <p className="lesson-pages">
              <LanePages lane={lane} />
            </p>
          </div>
        ))}
      </div>
      <LaneMaps lanes={lanes} letters={lanes.map((_, i) => laneLetter(i))} />
    </div>
  );
}

function NarrowMaps({ lanes }: { lanes: readonly Lane[] }) {
  const focused = useFact((state) => state.focusedLane);
  const index = Math.max(
    0,
    lanes.findIndex((lane) => lane.key === focused),
  );
  const lane = lanes[index];
  return (
    <>
      <LaneSwitcher lanes={lanes} index={index} />
      {lane !== undefined && (
        <div className="lesson-maps phone-map" id="lesson-lanes" style={{ ['--lanes' as string]: 1 }}>
          <LaneMaps lanes={[lane]} letters={[laneLetter(index)]} short />
        </div>
      )}
    </>
  );
}

function Chart() {
  return (
    <section className="lesson-chart" aria-label={viewsStrings.timeline.label}>
      <div className="lesson-transport">
        <h2>{words.chart}</h2>
        <PlayButton />
        <StepButton by={-1} />
        <StepButton by={1} />
        <Counter />
      </div>
      <LaterTimeline kind="guide" />
    </section>
  );
}
