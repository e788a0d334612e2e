import { countUpTo } from '../model/lane-series.ts';
import { type CyclePoint, floorPages, type Measures, MILLION, measure, plainValue, verdict } from '../model/measure.ts';
import { METRICS, type MetricId } from '../model/metrics.ts';
import type { Check, Comparison, Scenario, Trend } from '../model/scenario.ts';
import type { Position } from '../model/units.ts';
import type { CheckResult } from './protocol.ts';

/** Where a lane's numbers come from; asked at ascending positions. `bytes`: the heap is to be read too. */
export type MeasureAt = (position: Position, bytes: boolean) => Measures;

/** Is there a check on what only the second pass counts? */
export function checksNeedSteps(checks: readonly Check[], lane: string): boolean {
  return checks.some((check) => (check.lane ?? lane) === lane && METRICS[check.metric.id as MetricId].tier === 'steps');
}

/** A check on its way through its positions. */
interface Course {
  readonly check: Check;
  readonly index: number;
  /** Which of its positions is next. */
  next: number;
  /** A trend's value at the last time its `since` was reached, once it is known. */
  sinceKnown: Position;
  sinceValue: number | null;
  /** The last value that was compared. */
  value: number | null;
  position: Position;
  /** A verdict's times so far. */
  readonly points: CyclePoint[];
}

/**
 * Checks every `expect` of a scenario in one lane: `language.md` 4.11. All checks walk through their positions together,
 * in ascending order, so that the lane goes through its run once; each holds only its own place in it.
 */
export class CheckRun {
  private readonly scenario: Scenario;
  private readonly executed: Position;
  private readonly measureAt: MeasureAt;
  private readonly outcomes: (CheckResult | null)[];
  private readonly due = new Map<Position, Course[]>();
  private readonly isDue: Uint8Array;
  private at: Position = 0;

  constructor(scenario: Scenario, lane: string, executed: Position, measureAt: MeasureAt) {
    this.scenario = scenario;
    this.executed = executed;
    this.measureAt = measureAt;
    this.isDue = new Uint8Array(scenario.operations.count + 1);
    this.outcomes = scenario.checks.map((check, index) => {
      const { line, positions } = check;
      if (check.lane !== null && check.lane !== lane) return { line, held: null, value: null, position: executed };
      if (positions.length === 0) return { line, held: false, value: null, position: executed };
      const position = positions[0]!;
      this.wait({ check, index, next: 0, sinceKnown: -1, sinceValue: null, value: null, position, points: [] });
      return null;
    });
  }

  /** Goes on until `performance.now()` passes `deadline`; true when all is checked. */
  advance(deadline: number): boolean {
    const { count } = this.scenario.operations;
    for (; this.at <= count; this.at++) {
      if (this.isDue[this.at] === 0) continue;
      const courses = this.due.get(this.at)!;
      while (courses.length > 0) {
        this.step(courses.pop()!);
        if (performance.now() > deadline) return false;
      }
      this.due.delete(this.at);
    }
    return true;
  }

  results(): readonly CheckResult[] {
    return this.outcomes.filter((outcome) => outcome !== null);
  }

  /** Puts a check where it has something to do next: at its position, or before at its `since`. */
  private wait(course: Course): void {
    const { check, next } = course;
    let position = check.positions[next]!;
    if (check.test.kind === 'trend') {
      const since = check.since[next] ?? -1;
      if (since >= 0 && since !== course.sinceKnown) position = Math.max(this.at, Math.min(since, position));
    }
    const list = this.due.get(position);
    if (list === undefined) this.due.set(position, [course]);
    else list.push(course);
    this.isDue[position] = 1;
  }

  private step(course: Course): void {
    const { check, next, index } = course;
    const { line, test } = check;
    if (check.metric.id === 'verdict') {
      this.stepVerdict(course);
      return;
    }
    const value = this.value(check, this.at);
    if (value === undefined) {
      this.outcomes[index] = { line, held: false, value: null, position: this.executed };
      return;
    }
    if (test.kind === 'trend') {
      const since = check.since[next] ?? -1;
      if (since >= 0 && since !== course.sinceKnown) {
        course.sinceKnown = since;
        course.sinceValue = value;
        if (since !== check.positions[next]) {
          this.wait(course);
          return;
        }
      }
      if (since < 0) {
        this.settle(course, false, value);
        return;
      }
    }
    const before = course.sinceValue;
    const comparable = value !== null && (test.kind !== 'trend' || before !== null);
    if (comparable) {
      const held = test.kind === 'trend' ? hasTrend(test.trend, before!, value) : compares(check, value);
      course.value = value;
      course.position = this.at;
      if (!held) {
        this.settle(course, false, value);
        return;
      }
    }
    course.next++;
    if (course.next < check.positions.length) this.wait(course);
    else this.settle(course, course.value === null ? null : true, course.value);
  }

  private settle({ check, index, position }: Course, held: boolean | null, value: number | null): void {
    const id = check.metric.id as MetricId;
    this.outcomes[index] = {
      line: check.line,
      held,
      value: plainValue(id, value),
      position: held === false ? this.at : position,
    };
  }

  /** The metric at a position; undefined where the lane never got there. */
  private value(check: Check, position: Position): number | null | undefined {
    const id = check.metric.id as MetricId;
    if (id === 'misuses') return countUpTo(this.scenario.misuseAt, position);
    if (id === 'lost') return countUpTo(this.scenario.lostAt, position);
    if (position > this.executed) return undefined;
    return measure(check.metric, this.measureAt(position, METRICS[id].tier === 'bytes'));
  }

  /** One verdict over all the times that the mark was reached, not one at each of them. */
  private stepVerdict(course: Course): void {
    const { check, index, points } = course;
    const { line, positions, test } = check;
    if (this.at > this.executed) {
      this.outcomes[index] = { line, held: false, value: null, position: this.executed };
      return;
    }
    const { log } = this.measureAt(this.at, false);
    points.push({ live: log.live, pages: log.pages, floor: floorPages(log) });
    course.next++;
    if (course.next < positions.length) {
      this.wait(course);
      return;
    }
    const word = verdict(points);
    const asked = test.kind === 'compare' && test.value.kind === 'word' ? test.value.word : null;
    const held =
      word === null || asked === null || test.kind !== 'compare'
        ? null
        : (word === asked) === (test.comparison === '==');
    this.outcomes[index] = { line, held, value: word, position: this.at };
  }
}

function compares({ metric, test }: Check, value: number): boolean {
  if (test.kind !== 'compare' || test.value.kind === 'word') return false;
  const isRatio = METRICS[metric.id as MetricId].unit === 'ratio';
  const wanted =
    test.value.kind === 'ratio' ? test.value.millionths : isRatio ? test.value.value * MILLION : test.value.value;
  return holds(test.comparison, value, wanted);
}

function holds(comparison: Comparison, value: number, wanted: number): boolean {
  switch (comparison) {
    case '==':
      return value === wanted;
    case '!=':
      return value !== wanted;
    case '<':
      return value < wanted;
    case '<=':
      return value <= wanted;
    case '>':
      return value > wanted;
    case '>=':
      return value >= wanted;
  }
}

function hasTrend(trend: Trend, before: number, now: number): boolean {
  switch (trend) {
    case 'grew':
      return now > before;
    case 'fell':
      return now < before;
    case 'unchanged':
      return now === before;
  }
}
