import { LaneSeries, type StepSeries } from '../model/lane-series.ts';
import { lifetimes } from '../model/lifetimes.ts';
import type { Operations } from '../model/operations.ts';
import { ProgramSeries } from '../model/series.ts';
import type { LaneFrame } from './ports.ts';

/** What a lane has that grows with operations: kept out of the store, read by painters. */
export interface LaneRecord {
  frame: LaneFrame | null;
  series: LaneSeries;
  steps: StepSeries | null;
}

/**
 * The columns behind the last good run: each lane's replay and series, and what the operations alone say. Painters read
 * them when the store tells them to; nobody but `Runs` writes.
 */
export class Records {
  operations: Operations | null = null;
  private program_: ProgramSeries | null = null;
  private ends_: Uint32Array | null = null;
  private readonly lanes = new Map<string, LaneRecord>();

  begin(operations: Operations): void {
    this.operations = operations;
    this.program_ = null;
    this.ends_ = null;
    this.lanes.clear();
  }

  lane(key: string): LaneRecord {
    let record = this.lanes.get(key);
    if (record === undefined) {
      record = { frame: null, series: new LaneSeries(0), steps: null };
      this.lanes.set(key, record);
    }
    return record;
  }

  forget(key: string): void {
    this.lanes.delete(key);
  }

  /** Made when first asked for, so that a run's first picture does not wait for it. */
  get program(): ProgramSeries | null {
    if (this.program_ === null && this.operations !== null) this.program_ = new ProgramSeries(this.operations);
    return this.program_;
  }

  /** The end of each block's life, by the operation that began it. */
  get ends(): Uint32Array | null {
    if (this.ends_ === null && this.operations !== null) this.ends_ = lifetimes(this.operations);
    return this.ends_;
  }
}
