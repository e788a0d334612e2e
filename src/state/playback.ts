import type { Station } from '../model/scenario.ts';
import type { Position } from '../model/units.ts';
import type { Records } from './records.ts';
import { type AppStore, limitOf, operationCount } from './store.ts';

/** Speeds that the menu offers, in operations a second. */
export const SPEEDS = [1, 5, 20, 60, 200, 600, 2_000, 6_000, 20_000, 100_000, 500_000] as const;

/** A run should play in about this many seconds unless the visitor says otherwise. */
const COMFORTABLE_SECONDS = 32;

/** The speed on the menu at which `count` operations take about half a minute. */
export function comfortableSpeed(count: number): number {
  return SPEEDS.find((speed) => count / speed <= COMFORTABLE_SECONDS) ?? SPEEDS[SPEEDS.length - 1]!;
}

/**
 * Moves the playhead. What is on screen is a function of the position alone, so moving is all there is: steps, jumps to
 * marks, grows and findings, and a clock that advances while it plays.
 */
export class Playback {
  private readonly store: AppStore;
  private readonly records: Records;
  private fraction = 0;
  /** Where it halts by itself, once. */
  private until = Number.POSITIVE_INFINITY;

  constructor(store: AppStore, records: Records) {
    this.store = store;
    this.records = records;
  }

  /** Goes to a position within what is recorded, and stops playing unless told to go on. */
  seek(position: Position, options: { playing?: boolean } = {}): void {
    const state = this.store.getState();
    const to = Math.max(0, Math.min(limitOf(state), Math.round(position)));
    const count = operationCount(state);
    this.fraction = 0;
    this.until = Number.POSITIVE_INFINITY;
    this.store.setState({
      position: to,
      playing: options.playing ?? false,
      following: to === state.reached && (state.reached < count || to === count),
    });
  }

  step(operations: number): void {
    this.seek(this.store.getState().position + operations);
  }

  play(): void {
    const state = this.store.getState();
    const limit = limitOf(state);
    if (limit === 0) return;
    this.fraction = 0;
    this.until = Number.POSITIVE_INFINITY;
    this.store.setState({ playing: true, following: false, position: state.position >= limit ? 0 : state.position });
  }

  /** Plays on to a position and halts there. */
  playTo(position: Position): void {
    if (this.store.getState().position >= position) {
      this.seek(position);
      return;
    }
    this.play();
    this.until = position;
  }

  pause(): void {
    this.store.setState({ playing: false });
  }

  toggle(): void {
    if (this.store.getState().playing) this.pause();
    else this.play();
  }

  setSpeed(speed: number): void {
    this.store.setState({ speed });
  }

  /** Advances the clock by `milliseconds`; halts at the end and at each `pause` of the script. */
  tick(milliseconds: number): void {
    const state = this.store.getState();
    if (!state.playing) return;
    // A tab that was hidden does not leap ahead when it comes back.
    this.fraction += (Math.min(milliseconds, 100) * state.speed) / 1000;
    const whole = Math.floor(this.fraction);
    if (whole === 0) return;
    this.fraction -= whole;
    const limit = limitOf(state);
    let to = Math.min(limit, this.until, state.position + whole);
    const halt = state.scenario?.pauses.find((pause) => pause.position > state.position && pause.position <= to);
    if (halt !== undefined) to = halt.position;
    const end = Math.min(limit < state.reached ? limit : operationCount(state), this.until);
    const ended = halt !== undefined || to >= end;
    this.store.setState({ position: to, playing: !ended });
  }

  /** To the next or the previous mark; past the last one to the end, before the first to the start. */
  toMark(direction: 1 | -1): void {
    const { scenario, position, reached } = this.store.getState();
    const marks = scenario?.marks ?? [];
    if (direction === 1) this.seek(after(marks, position)?.position ?? reached);
    else this.seek(before(marks, position)?.position ?? 0);
  }

  /** To the next operation at which a lane grew; false where there is none. */
  toGrow(): boolean {
    const { lanes, position } = this.store.getState();
    let next = Number.POSITIVE_INFINITY;
    for (const lane of lanes) {
      const { growAt } = this.records.lane(lane.key).series;
      const index = growAt.upTo(position);
      if (index < growAt.length) next = Math.min(next, growAt.at(index));
    }
    if (next === Number.POSITIVE_INFINITY) return false;
    this.seek(next);
    return true;
  }

  /** To the next finding of the scenario or of a lane; from the last one round to the first. False where there is none. */
  toFinding(): boolean {
    const { scenario, lanes, position } = this.store.getState();
    const found = new Set<number>(scenario?.findings.map((finding) => finding.operation));
    for (const lane of lanes) for (const finding of lane.result?.findings ?? []) found.add(finding.operation);
    const all = [...found].sort((a, b) => a - b);
    const next = all.find((operation) => operation > position) ?? all[0];
    if (next === undefined) return false;
    this.seek(next);
    return true;
  }
}

/** The first station beyond a position; stations ascend. */
function after(stations: readonly Station[], position: Position): Station | undefined {
  return stations.find((station) => station.position > position);
}

function before(stations: readonly Station[], position: Position): Station | undefined {
  return stations.findLast((station) => station.position < position);
}

/** The mark that a position stands in: the last one at or before it. */
export function markAt(marks: readonly Station[], position: Position): Station | undefined {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (marks[middle]!.position <= position) low = middle + 1;
    else high = middle;
  }
  return marks[low - 1];
}
