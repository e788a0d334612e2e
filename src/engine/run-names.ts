import type { LaneConfig } from '../model/lanes.ts';

/** A reply's run and lane as the page calls them now. */
interface Name {
  readonly run: number;
  /** New index of each lane of then, −1 where it is gone. */
  readonly lanes: readonly number[];
}

/**
 * When lanes change the run gets a new number, while replies under the old one are still on their way. They are about
 * lanes that may well have stayed: this says what an old number and lane are called now.
 */
export class RunNames {
  private lanes: readonly LaneConfig[] = [];
  /** Runs that replies may still come for under numbers that are not renamed yet: the one shown, and the one on its way. */
  private shown = 0;
  private pending = 0;
  private readonly renamed = new Map<number, Name>();

  /** A new source is asked for. */
  run(run: number, lanes: readonly LaneConfig[]): void {
    this.pending = run;
    this.lanes = lanes;
  }

  /** Other lanes are asked for. Returns for each where it was, −1 for a new one: lanes stay by the identity of their settings. */
  change(run: number, lanes: readonly LaneConfig[]): number[] {
    const left = [...this.lanes.keys()];
    const kept = lanes.map((config) => {
      const at = left.findIndex((index) => this.lanes[index] === config);
      return at < 0 ? -1 : left.splice(at, 1)[0]!;
    });
    const now = this.lanes.map((_, index) => kept.indexOf(index));
    for (const [old, name] of this.renamed) {
      this.renamed.set(old, { run, lanes: name.lanes.map((index) => now[index] ?? -1) });
    }
    for (const old of [this.shown, this.pending]) if (old !== 0) this.renamed.set(old, { run, lanes: now });
    if (this.shown !== 0) this.shown = run;
    if (this.pending !== 0) this.pending = run;
    this.lanes = lanes;
    return kept;
  }

  /** A source became a run, or came to nothing. */
  arrived(run: number, isShown: boolean): void {
    if (this.pending === run) this.pending = 0;
    if (isShown) this.shown = run;
  }

  /** What a run of a reply is called now, and its lane; null where that lane is gone. */
  translate(run: number, lane: number | null): { run: number; lane: number } | null {
    const name = this.renamed.get(run);
    if (name === undefined) return { run, lane: lane ?? 0 };
    const at = lane === null ? 0 : (name.lanes[lane] ?? -1);
    return at < 0 ? null : { run: name.run, lane: at };
  }
}
