import type { LaneConfig } from '../model/lanes.ts';
import { type Operations, OpFlag, OpKind } from '../model/operations.ts';
import type { Bytes, OperationNumber } from '../model/units.ts';
import type { LaneRecording } from './lane-recording.ts';
import type { LaneRun } from './lane-run.ts';
import type { Reply } from './protocol.ts';

/**
 * What a lane has to do next; in this order, but counting comes first where the checks wait for it. `recorded`: all is
 * recorded, and what reads it is on its way.
 */
export type Phase = 'opening' | 'recording' | 'recorded' | 'settling' | 'counting' | 'done';

/** A message about a lane; the session knows its number and the run's. */
export type LaneReply = Reply extends infer R
  ? R extends { readonly lane: number }
    ? Omit<R, 'run' | 'lane'>
    : never
  : never;

/** A slice of work takes about so long; then waiting messages get in. */
const SLICE_MS = 10;
const FIRST_SLICE = 256;
const SMALLEST_SLICE = 16;
const LARGEST_SLICE = 1 << 18;
/** Bytes that one slice may have the driver write: a block of a gigabyte takes as long as a million operations. */
const SLICE_BYTES: Bytes = 256 * 1024 * 1024;

/** A lane in a session: its settings, its recording once it is open, what reads it once that has arrived, and how far it is. */
export class LaneSlot {
  phase: Phase = 'opening';
  recording: LaneRecording | null = null;
  run: LaneRun | null = null;
  readonly config: LaneConfig;
  private readonly operations: Operations;
  private slice = FIRST_SLICE;
  private settled = false;
  private short = false;
  private counted = 0;

  constructor(config: LaneConfig, operations: Operations) {
    this.config = config;
    this.operations = operations;
  }

  open(recording: LaneRecording): void {
    this.recording = recording;
    this.phase = recording.complete ? 'recorded' : 'recording';
  }

  /** What reads the recording has arrived. */
  read(run: LaneRun): void {
    this.run = run;
    this.afterRecording();
  }

  dispose(): void {
    if (this.run !== null) this.run.dispose();
    else this.recording?.dispose();
  }

  /** Operations done in the pass at hand. */
  get done(): number {
    return this.phase === 'counting' ? this.counted : (this.recording?.recorded ?? 0);
  }

  /** Does a slice of what is due, and returns what there is to say. */
  work(): LaneReply | null {
    const started = performance.now();
    switch (this.phase) {
      case 'recording': {
        const recording = this.recording!;
        const slice = recording.advance(this.sliceLength(recording.recorded + 1));
        this.adapt(performance.now() - started);
        if (recording.complete) {
          this.phase = 'recorded';
          this.afterRecording();
        }
        return slice === null ? null : { type: 'log', slice };
      }
      case 'settling': {
        const run = this.run!;
        if (!run.settle(started + SLICE_MS)) return null;
        this.settled = true;
        this.phase = run.steps === null ? 'counting' : 'done';
        return { type: 'recorded', result: run.finish() };
      }
      case 'counting': {
        const run = this.run!;
        const counted = run.count(this.sliceLength(1));
        this.adapt(performance.now() - started);
        if (counted !== null) {
          this.counted = counted;
          return null;
        }
        this.phase = this.settled ? 'done' : 'settling';
        return { type: 'counted', steps: run.steps! };
      }
      case 'opening':
      case 'recorded':
      case 'done':
        return null;
    }
  }

  /** The visitor has seen enough: what is recorded is concluded, what is concluded is not counted. */
  cutShort(): void {
    if (this.phase === 'opening') return;
    if (this.phase === 'recording' || this.phase === 'recorded') {
      this.phase = 'recorded';
      this.short = true;
      this.afterRecording();
    } else if (this.phase === 'counting' && !this.settled) this.phase = 'settling';
    else this.phase = 'done';
  }

  private afterRecording(): void {
    if (this.phase !== 'recorded' || this.run === null) return;
    this.slice = FIRST_SLICE;
    this.phase = this.run.needsSteps && !this.short ? 'counting' : 'settling';
  }

  private adapt(milliseconds: number): void {
    const wanted = (this.slice * SLICE_MS) / Math.max(milliseconds, SLICE_MS / 4);
    this.slice = Math.round(Math.min(Math.max(wanted, SMALLEST_SLICE), LARGEST_SLICE));
  }

  /** At most `slice` operations, fewer where they write much. */
  private sliceLength(from: OperationNumber): number {
    const { kind, flags, size, count } = this.operations;
    const end = Math.min(count, from - 1 + this.slice);
    let bytes = 0;
    for (let k = from - 1; k < end; k++) {
      const what = kind[k]!;
      const writes =
        what === OpKind.Write || what === OpKind.Realloc || this.config.fill || (flags[k]! & OpFlag.Zeroed) !== 0;
      if (writes) bytes += size[k]!;
      if (bytes > SLICE_BYTES) return k - from + 2;
    }
    return this.slice;
  }
}
