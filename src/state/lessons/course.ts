import { inherited, type Lesson, type Step, withLines } from '../../model/lesson.ts';
import { type Action, actionOf, operationOfBlock } from '../../model/lesson-actions.ts';
import { placeOf } from '../../model/lesson-places.ts';
import type { Scenario } from '../../model/scenario.ts';
import { PAGE_BYTES } from '../../model/units.ts';
import { type LabPlace, readLabHash } from '../labs/lab-hash.ts';
import { LANE_LETTERS } from '../link/share-state.ts';
import type { Playback } from '../playback.ts';
import { NO_LINK } from '../pointing.ts';
import type { Ports } from '../ports.ts';
import type { Records } from '../records.ts';
import { blankLane, type Runs } from '../runs.ts';
import type { AppState, AppStore, Lane } from '../store.ts';
import type { Undo } from '../undo.ts';
import { LESSON_WORK } from '../work.ts';
import { type Attempt, readAttempt, writeAttempt } from './attempt.ts';
import { giveBack, PLAIN_LOOK } from './own-work.ts';
import { openQuestion, type Predictions } from './predictions.ts';
import { withStep, writeProgress } from './progress.ts';
import { wantLesson } from './want.ts';

export interface CourseParts {
  readonly store: AppStore;
  readonly runs: Runs;
  readonly records: Records;
  readonly playback: Playback;
  readonly predictions: Predictions;
  readonly undo: Undo;
  readonly remember: Ports['remember'];
  readonly recall: Ports['recall'];
  readonly openLab: (place: LabPlace) => void;
}

/**
 * Puts a lesson's steps into the real lanes, and the visitor's own work back when the lesson is left: by going to another
 * part of the page, or by opening something else, which then takes the lesson's place.
 */
export class Course {
  /** The page as it was before the lesson. */
  private own: AppState | null = null;
  private waiting: { readonly generation: number; readonly work: string; readonly then: () => void } | null = null;
  private generation = 0;

  constructor(private readonly parts: CourseParts) {
    parts.store.subscribe((state, before) => this.watch(state, before));
  }

  /** Begins a step, from 0: its script, its lanes, its place. The visitor's work is kept from the first one on. */
  begin(lesson: Lesson, index: number): void {
    const { store, runs, remember, recall } = this.parts;
    const before = store.getState();
    this.own ??= before;
    const step = Math.max(0, Math.min(lesson.steps.length - 1, index));
    const { predict } = lesson.steps[step]!;
    const text = inherited(lesson, step, 'script') ?? '';
    const names = inherited(lesson, step, 'lanes') ?? [];
    const progress = withStep(before.progress, lesson.id, step + 1);
    if (progress !== before.progress) remember('lessons', writeProgress(progress));
    const runsAlready =
      before.course !== null &&
      before.status.kind === 'done' &&
      before.ranText === text &&
      before.document.kind === 'script' &&
      before.document.text === text &&
      before.lanes.map((lane) => lane.config.name).join() === names.join();
    const attempt = readAttempt(recall('attempt'), lesson, step);
    const place = () => {
      this.place();
      if (attempt !== null) this.takeUp(attempt);
    };
    this.waiting = null;
    store.setState({
      section: 'lessons',
      course: { lesson, step, hints: 0, solutionShown: false },
      // From here on nothing is the visitor's: who keeps their work must not keep a lesson's lanes with it.
      work: LESSON_WORK,
      courseWanted: null,
      labFrom: null,
      progress,
      playing: false,
      link: NO_LINK,
      veil: laterQuestion(lesson, step) === null ? null : 0,
      // Until its place is known, all is covered.
      prediction: predict === undefined ? null : openQuestion(predict, 0, 0),
      ...PLAIN_LOOK,
    });
    if (runsAlready) {
      place();
      return;
    }
    runs.setLanes(names.map((name, i) => blankLane(`lesson-${i}`, { name, memory: {}, fill: false })));
    const document = { kind: 'script', name: lesson.title, text, origin: { kind: 'own' } } as const;
    runs.open(document, { work: LESSON_WORK, position: 0 });
    store.setState({ focusedLane: 'lesson-0' });
    this.afterRun(LESSON_WORK, place);
  }

  /** The step as it began. */
  reset(): void {
    const { course } = this.parts.store.getState();
    this.parts.remember('attempt', '');
    if (course !== null) this.begin(course.lesson, course.step);
  }

  /** One step on; behind the last one, back to the list of lessons. */
  next(): void {
    const { course } = this.parts.store.getState();
    if (course === null) return;
    if (course.step + 1 < course.lesson.steps.length) this.begin(course.lesson, course.step + 1);
    else this.leave();
  }

  back(): void {
    const { course } = this.parts.store.getState();
    if (course !== null && course.step > 0) this.begin(course.lesson, course.step - 1);
  }

  /** Ends the lesson; the visitor's work runs again, as it was. */
  leave(): void {
    const { store, runs, predictions } = this.parts;
    const { own } = this;
    this.waiting = null;
    this.own = null;
    store.setState({ course: null, playing: false });
    predictions.drop();
    if (own === null) return;
    this.afterRun(own.work, giveBack(store, runs, own));
  }

  /** Every lesson as if it had never been begun. */
  forget(): void {
    this.parts.remember('lessons', '');
    this.parts.remember('attempt', '');
    this.parts.store.setState({ progress: {} });
  }

  hint(): void {
    const { course } = this.parts.store.getState();
    if (course !== null) this.parts.store.setState({ course: { ...course, hints: Math.min(3, course.hints + 1) } });
  }

  /** Puts the solution of the step's challenge into the script and runs it. */
  solve(): void {
    const { store, runs } = this.parts;
    const { course } = store.getState();
    const step = this.step();
    if (course === null || step?.challenge === undefined) return;
    runs.edit(withLines(inherited(course.lesson, course.step, 'script') ?? '', step.challenge.solution));
    runs.runNow();
    store.setState({ course: { ...course, solutionShown: true } });
  }

  /** Does what underlined words say. */
  act(text: string): void {
    const action = actionOf(text);
    if (action !== null) this.does(action);
  }

  private does(action: Action): void {
    const { store, runs, playback } = this.parts;
    const state = store.getState();
    switch (action.kind) {
      case 'place': {
        const to = state.scenario === null ? null : placeOf(action.place, state.scenario);
        if (to !== null) playback.seek(to);
        return;
      }
      case 'play':
        playback.play();
        return;
      case 'line':
      case 'metric':
        store.setState({ link: { hover: null, selected: action } });
        return;
      case 'page': {
        const lane = laneOf(state, action.lane);
        if (lane !== undefined) this.select({ kind: 'page', lane: lane.key, page: action.page });
        return;
      }
      case 'block':
        this.selectBlock(state, action.name, action.lane);
        return;
      case 'lane': {
        const lane = laneOf(state, action.lane);
        if (lane !== undefined) store.setState({ focusedLane: lane.key });
        return;
      }
      case 'lanes':
        runs.setLanes(action.names.map((name, i) => blankLane(`lesson-${i}`, { name, memory: {}, fill: false })));
        return;
      case 'colour':
        store.setState({ colour: action.colour });
        return;
      case 'edit':
        if (state.document.kind !== 'script') return;
        runs.edit(withLines(state.document.text, { [action.line]: action.text }));
        runs.runNow();
        return;
      case 'lab':
        this.parts.openLab(readLabHash(`#lab=${action.lab}`)!);
        return;
      case 'lesson':
        wantLesson(store, action);
        return;
      case 'recordings':
      case 'reference':
        store.setState({ dialog: action.kind });
        return;
    }
  }

  /** What is spoken of is in the lane that is looked at: a phone shows one. */
  private select(selected: NonNullable<AppState['link']['selected']> & { readonly lane: string }): void {
    this.parts.store.setState({ link: { hover: null, selected }, focusedLane: selected.lane });
  }

  private selectBlock(state: AppState, name: string, letter: string): void {
    const lane = laneOf(state, letter);
    if (lane === undefined || state.scenario === null) return;
    const operation = operationOfBlock(name, state.scenario, state.position);
    const { frame } = this.parts.records.lane(lane.key);
    const block = operation === null ? null : (frame?.blockOf(operation) ?? null);
    if (operation === null || block === null) return;
    const page = Math.floor(block.address / PAGE_BYTES);
    this.select({ kind: 'block', lane: lane.key, operation, page });
  }

  private step(): Step | undefined {
    const { course } = this.parts.store.getState();
    return course?.lesson.steps[course.step];
  }

  /** Puts the playhead where the step begins, and asks its question. */
  private place(): void {
    const { store, playback, predictions } = this.parts;
    const { scenario } = store.getState();
    const step = this.step();
    if (scenario === null || step === undefined) return;
    this.generation = store.getState().generation;
    const at = placeOf(step.at ?? 'end', scenario) ?? scenario.operations.count;
    if (step.predict !== undefined) predictions.ask(step.predict, at, untilOf(step, scenario));
    const { course } = store.getState();
    const later = course === null ? null : laterQuestion(course.lesson, course.step);
    store.setState({ veil: later === null ? null : placeOf(later.at ?? 'end', scenario) });
    playback.seek(at);
    for (const text of step.set ?? []) this.act(text);
  }

  /** Goes on where the visitor was with a challenge. */
  private takeUp({ text, hints, solutionShown }: Attempt): void {
    const { store, runs } = this.parts;
    const { course } = store.getState();
    if (course === null) return;
    store.setState({ course: { ...course, hints, solutionShown } });
    runs.edit(text);
    runs.runNow();
  }

  /** Remembers what was typed in a challenge, or shown of its hints. */
  private keepAttempt({ course, document, work }: AppState, before: AppState): void {
    if (course === null || work !== LESSON_WORK || document.kind !== 'script') return;
    if (course.lesson.steps[course.step]?.challenge === undefined) return;
    const { hints, solutionShown } = course;
    const same = before.course?.hints === hints && before.course.solutionShown === solutionShown;
    if (same && before.document === document) return;
    this.parts.remember('attempt', writeAttempt(course.lesson.id, course.step, { ...document, hints, solutionShown }));
  }

  private afterRun(work: string, then: () => void): void {
    this.waiting = { generation: this.parts.store.getState().generation, work, then };
  }

  private watch(state: AppState, before: AppState): void {
    const { waiting } = this;
    if (waiting !== null && state.generation > waiting.generation && ran(state)) {
      this.waiting = null;
      if (state.work !== waiting.work) return;
      waiting.then();
      return;
    }
    if (state.course === null) return;
    if (waiting === null && state.course.step === before.course?.step) this.keepAttempt(state, before);
    if (state.section !== 'lessons') {
      this.leave();
      return;
    }
    if (state.work !== LESSON_WORK && before.work === LESSON_WORK) this.giveWay();
    else if (waiting === null && state.generation !== this.generation && state.generation !== before.generation) {
      this.replace(state);
    }
  }

  /** Something else was opened: the lesson ends, the visitor's lanes come back and run it. */
  private giveWay(): void {
    const { store, runs, predictions, undo } = this.parts;
    const { own } = this;
    this.own = null;
    this.waiting = null;
    store.setState({ course: null, section: 'compare' });
    predictions.drop();
    if (own === null) return;
    undo.replaced(own);
    runs.setLanes(own.lanes.map((lane) => blankLane(lane.key, lane.config)));
  }

  /** The visitor changed the script: what was asked stands where it belongs in the new run. */
  private replace(state: AppState): void {
    const { prediction, scenario } = state;
    const step = this.step();
    this.generation = state.generation;
    if (prediction === null || scenario === null || step === undefined) return;
    const from = placeOf(step.at ?? 'end', scenario) ?? scenario.operations.count;
    this.parts.predictions.place(from, untilOf(step, scenario));
  }
}

/** The next step that asks what comes next in the run that this one shows and does not ask about; null for none. */
function laterQuestion(lesson: Lesson, index: number): Step | null {
  if (lesson.steps[index]?.predict !== undefined) return null;
  for (const step of lesson.steps.slice(index + 1)) {
    if (step.script !== undefined || step.lanes !== undefined) return null;
    if (step.predict !== undefined) return step;
  }
  return null;
}

function untilOf(step: Step, scenario: Scenario): number {
  return placeOf(step.predict?.until ?? 'end', scenario) ?? scenario.operations.count;
}

function laneOf(state: AppState, letter: string): Lane | undefined {
  return state.lanes[LANE_LETTERS.indexOf(letter)];
}

/** Is the run that is shown there as far as the lanes are concerned? */
function ran({ status, lanes }: AppState): boolean {
  return status.kind !== 'working' || lanes.every((lane) => lane.result !== null || lane.unopened !== null);
}
