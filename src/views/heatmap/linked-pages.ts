import type { HeapFrame } from '../../model/heap-frame.ts';
import { livesAt } from '../../model/lifetimes.ts';
import { type OperationNumber, PAGE_BYTES, type Position } from '../../model/units.ts';
import { lit, type Target } from '../../state/pointing.ts';
import type { Records } from '../../state/records.ts';
import type { AppState, Lane } from '../../state/store.ts';

/** More brackets than these say nothing more. */
const MOST_PAGES = 400;
/** While it plays, the blocks of a line are gathered anew at most this often. */
const REFRESH_MS = 150;

const NONE: readonly number[] = [];

/**
 * Pages of one lane that light up with what is pointed at: those of the same block, of a line's live blocks, of the block
 * that an operation changed, of holes of one size. Keeps the last answer, since it is asked for every frame.
 */
export class LinkedPages {
  private target: Target | null = null;
  private stamp = '';
  private at = 0;
  private pages: readonly number[] = NONE;
  private line = -1;
  private generation = -1;
  private ofLine: OperationNumber[] = [];

  of(records: Records, state: AppState, lane: Lane, frame: HeapFrame): readonly number[] {
    const target = lit(state.link);
    if (target === null || target.kind === 'page' || state.scenario === null) return NONE;
    const stamp = `${state.generation} ${frame.position} ${lane.survey?.position}`;
    if (target === this.target && stamp === this.stamp) return this.pages;
    const now = performance.now();
    if (target === this.target && state.playing && now - this.at < REFRESH_MS) return this.pages;
    this.target = target;
    this.stamp = stamp;
    this.at = now;
    const found = new Set<number>();
    this.gather(found, records, state, lane, frame, target);
    this.pages = [...found];
    return this.pages;
  }

  private gather(
    found: Set<number>,
    records: Records,
    state: AppState,
    lane: Lane,
    frame: HeapFrame,
    target: Exclude<Target, { kind: 'page' }>,
  ): void {
    const { operations } = state.scenario!;
    switch (target.kind) {
      case 'block':
        addBlock(found, frame, target.operation, frame.position);
        return;
      case 'operation': {
        const birth =
          frame.blockOf(target.operation) === null ? operations.prev[target.operation - 1]! : target.operation;
        addBlock(found, frame, birth, Number.POSITIVE_INFINITY);
        return;
      }
      case 'line': {
        const { ends } = records;
        if (ends === null) return;
        for (const birth of this.operationsOf(state, target.line)) {
          if (birth > frame.position || found.size >= MOST_PAGES) return;
          if (livesAt(ends, birth, frame.position)) addBlock(found, frame, birth, frame.position);
        }
        return;
      }
      case 'metric': {
        if (lane.survey === null) return;
        const { holeAddress, holeBytes, metrics } = lane.survey;
        const least = target.metric === 'largest_hole' ? (metrics.largest_hole ?? 0) : 0;
        for (let i = 0; i < holeBytes.length && found.size < MOST_PAGES; i++) {
          if (holeBytes[i]! >= least) found.add(Math.floor(holeAddress[i]! / PAGE_BYTES));
        }
        return;
      }
      case 'holes':
        if (lane.key !== target.lane || lane.survey === null) return;
        for (let i = 0; i < lane.survey.holeBytes.length && found.size < MOST_PAGES; i++) {
          const bytes = lane.survey.holeBytes[i]!;
          if (bytes >= target.from && bytes <= target.to)
            found.add(Math.floor(lane.survey.holeAddress[i]! / PAGE_BYTES));
        }
        return;
    }
  }

  /** Operations of a line, ascending; gathered once while it is pointed at. */
  private operationsOf(state: AppState, line: number): readonly OperationNumber[] {
    if (this.line === line && this.generation === state.generation) return this.ofLine;
    this.line = line;
    this.generation = state.generation;
    this.ofLine = [];
    const lines = state.scenario!.operations.line;
    for (let k = lines.indexOf(line); k >= 0; k = lines.indexOf(line, k + 1)) this.ofLine.push(k + 1);
    return this.ofLine;
  }
}

function addBlock(found: Set<number>, frame: HeapFrame, birth: OperationNumber, position: Position): void {
  if (birth <= 0 || birth > frame.logged || birth > position) return;
  const block = frame.blockOf(birth);
  if (block === null || block.address === 0) return;
  const last = Math.floor((block.address + Math.max(1, block.usable) - 1) / PAGE_BYTES);
  for (let page = Math.floor(block.address / PAGE_BYTES); page <= last && found.size < MOST_PAGES; page++)
    found.add(page);
}
