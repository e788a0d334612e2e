import { OperationsBuilder, OpFlag, OpKind } from '../model/operations.ts';
import type { Anomaly, AnomalyKind, Finding, Scenario, SourceFormat, Station } from '../model/scenario.ts';
import { traceStrings as strings } from '../model/strings/trace.ts';
import { LIMITS, type OperationNumber } from '../model/units.ts';
import { BlockColumns } from './block-columns.ts';

/** Anomalies that are kept whole; the rest is counted. */
const ANOMALIES_KEPT = 1_000;

/** A scope that is open: where it began, and the blocks made or resized in it (some twice, some dead by now). */
interface OpenScope {
  readonly number: number;
  readonly enter: OperationNumber;
  readonly line: number;
  readonly members: number[];
}

/**
 * Turns what the readers of the five formats understood into a scenario: keeps the blocks, sets the links between
 * operations, tells misuse from mere disorder. It knows blocks by number; which id or address stands for which block is
 * the readers' affair.
 *
 * Operations beyond the limit are counted in `beyond` and not kept: the caller looks at it and refuses the file.
 */
export class Recorder {
  /** Operations beyond the limit. */
  beyond = 0;
  /** The line now read has no line end: what does not fit on it is cut off, not wrong. */
  unfinished = false;
  /** Something was cut off at the end, and is an anomaly already. */
  truncated = false;
  readonly blocks = new BlockColumns();
  private readonly operations = new OperationsBuilder();
  private readonly marks: Station[] = [];
  private readonly anomalies: Anomaly[] = [];
  private anomaliesLeftOut = 0;
  private readonly findings: Finding[] = [];
  private readonly findingsOf = new Map<Finding['code'], number>();
  private findingsLeftOut = 0;
  private readonly misuseAt: number[] = [];
  private readonly scopes: OpenScope[] = [];
  private scopeCount = 0;
  /** Entry of `fills` for a byte value, -1 if it has none yet; the values by entry. */
  private readonly fillOf = new Int16Array(256).fill(-1);
  private readonly fillValues: number[] = [];
  /** The unbroken run of frees that may turn out to be a scope's end: its length; it ends with the last operation. */
  private run = 0;

  /** Operations so far. */
  get count(): number {
    return this.operations.count;
  }

  /** A new block; `listed` is the id that people know it by. Returns its number. */
  alloc(line: number, size: number, align = 0, flags = 0, listed = this.blocks.count): number {
    const block = this.blocks.add(size, align, listed);
    this.blocks.place[block] = this.push(OpKind.Alloc, block, size, line, 0, flags, align);
    this.join(block);
    return block;
  }

  /** A free of a live block, or of a dead one: then it is misuse (F501), and passed on to where the block was last. */
  free(block: number, line: number): void {
    const { blocks } = this;
    const freedBy = blocks.death[block]!;
    const scope = this.scopes.at(-1);
    const ofScope = freedBy === 0 && scope !== undefined && blocks.scope[block] === scope.number;
    const length = this.run;
    const number = this.push(
      OpKind.Free,
      block,
      0,
      line,
      blocks.place[block]!,
      freedBy === 0 ? 0 : OpFlag.Misuse,
      blocks.align[block]!,
    );
    if (ofScope) this.run = length + 1;
    if (freedBy === 0) blocks.death[block] = number;
    else
      this.misuse('F501', number, line, block, () => strings.finding.doubleFree(line, blocks.listed[block]!, freedBy));
  }

  /** A resize. Of a dead block it is misuse (F508): passed on, and the block lives again with what the allocator gives. */
  realloc(block: number, size: number, line: number): void {
    const { blocks } = this;
    const freedAt = blocks.death[block]!;
    const flags = freedAt === 0 ? 0 : OpFlag.Misuse;
    const number = this.push(OpKind.Realloc, block, size, line, blocks.place[block]!, flags, blocks.align[block]!);
    blocks.place[block] = number;
    blocks.size[block] = size;
    blocks.death[block] = 0;
    const moved = this.join(block);
    const listed = blocks.listed[block]!;
    if (freedAt !== 0) {
      this.misuse('F508', number, line, block, () => strings.finding.deadResize(line, listed, freedAt));
    } else if (moved) {
      this.finding('F509', number, line, block, () => strings.finding.movedIntoScope(listed));
    }
  }

  /** A resize of a block that never was: it allocates. Returns the block. */
  reallocNothing(line: number, size: number, listed: number): number {
    const block = this.blocks.add(size, 0, listed);
    this.blocks.place[block] = this.push(OpKind.Realloc, block, size, line);
    this.join(block);
    return block;
  }

  /** Stores `value` in `length` bytes from `offset`. Out of the block or in a dead one it is misuse, and passed on. */
  write(block: number, offset: number, length: number, value: number, line: number): void {
    const { blocks } = this;
    const size = blocks.size[block]!;
    const listed = blocks.listed[block]!;
    const freedAt = blocks.death[block]!;
    const over = length === 0 ? 0 : Math.min(length, Math.max(0, offset + length - size));
    const under = length === 0 ? 0 : Math.min(length, Math.max(0, -offset));
    const number = this.push(
      OpKind.Write,
      block,
      length,
      line,
      blocks.place[block]!,
      freedAt !== 0 || over > 0 || under > 0 ? OpFlag.Misuse : 0,
      blocks.align[block]!,
      offset,
      this.fill(value),
    );
    if (freedAt !== 0) {
      this.misuse('F503', number, line, block, () => strings.finding.deadWrite(line, listed, freedAt));
    } else if (under > 0) {
      this.misuse('F505', number, line, block, () => strings.finding.beforeStart(line, listed, under));
    } else if (over > 0) {
      this.misuse('F504', number, line, block, () => strings.finding.pastEnd(line, listed, over, size));
    }
  }

  enter(line: number): void {
    const number = this.scopeCount++;
    const enter = this.push(OpKind.Enter, number, 0, line);
    this.scopes.push({ number, enter, line, members: [] });
  }

  /** Ends the innermost scope: its run of frees is marked, its survivors are freed first, newest first. */
  leave(line: number): void {
    const scope = this.scopes.at(-1);
    if (scope === undefined) {
      this.anomaly('leave-without-enter', line, () => strings.anomaly.leaveWithoutEnter);
      return;
    }
    for (let k = 0; k < this.run; k++) this.operations.flag(this.count - k, OpFlag.ByScope);
    const survivors = this.survivors(scope);
    if (survivors.length > 0) {
      this.anomaly('scope-survivor', line, () => strings.anomaly.survivors(survivors.length));
      const { blocks } = this;
      for (const block of survivors) {
        blocks.death[block] = this.push(
          OpKind.Free,
          block,
          0,
          line,
          blocks.place[block]!,
          OpFlag.ByScope,
          blocks.align[block]!,
        );
      }
    }
    this.push(OpKind.Leave, scope.number, 0, line, scope.enter);
    this.scopes.pop();
  }

  mark(text: string, line: number): void {
    this.run = 0;
    if (this.marks.length < LIMITS.stations) this.marks.push({ position: this.count, text, line });
    else this.anomaly('unknown-line', line, () => strings.anomaly.tooManyMarks);
  }

  /** A comment: nothing happens, but a run of frees ends there. */
  comment(): void {
    this.run = 0;
  }

  /** Something that does not fit. `detail` is asked for only where the anomaly is kept whole. */
  anomaly(kind: AnomalyKind, line: number, detail: () => string): void {
    this.run = 0;
    if (this.anomalies.length < ANOMALIES_KEPT) {
      this.anomalies.push({ kind, line, operation: this.count, detail: detail() });
    } else this.anomaliesLeftOut++;
  }

  /** A line that the format does not have; the last one without a line end is cut off instead. */
  unknownLine(line: number, text: () => string): void {
    this.truncated ||= this.unfinished;
    if (this.unfinished) this.anomaly('truncated', line, () => strings.anomaly.truncated(text()));
    else this.anomaly('unknown-line', line, () => strings.anomaly.unknownLine(text()));
  }

  finish(format: SourceFormat): Scenario {
    for (const { line } of this.scopes.splice(0)) {
      this.anomaly('scope-left-open', line, () => strings.anomaly.scopeLeftOpen);
    }
    const { count } = this.blocks;
    const listed = this.blocks.listed.slice(0, count);
    return {
      format,
      operations: this.operations.finish(),
      fills: {
        bytes: Uint8Array.from(this.fillValues),
        start: Uint32Array.from({ length: this.fillValues.length + 1 }, (_, entry) => entry),
      },
      blocks: {
        count,
        names: [],
        name: new Uint32Array(count),
        index: new Float64Array(count),
        ...(listed.some((id, block) => id !== block) ? { listed } : {}),
      },
      marks: this.marks,
      notes: [],
      pauses: [],
      checks: [],
      memory: {},
      findings: this.findings,
      findingsLeftOut: this.findingsLeftOut,
      misuseAt: Uint32Array.from(this.misuseAt),
      lostAt: new Uint32Array(0),
      anomalies: this.anomalies,
      anomaliesLeftOut: this.anomaliesLeftOut,
      diagnostics: [],
      stopped: null,
    };
  }

  private push(
    kind: OpKind,
    id: number,
    size: number,
    line: number,
    prev = 0,
    flags = 0,
    align = 0,
    offset = 0,
    host = 0,
  ): OperationNumber {
    this.run = 0;
    if (this.operations.full) {
      this.beyond++;
      return this.count;
    }
    return this.operations.push(kind, id, size, line, prev, flags, align, offset, host);
  }

  /** Makes a block one of the innermost scope. True if a live block came from an outer one, or from outside of any. */
  private join(block: number): boolean {
    const scope = this.scopes.at(-1);
    const before = this.blocks.scope[block]!;
    const now = scope?.number ?? -1;
    if (before === now) return false;
    this.blocks.scope[block] = now;
    scope?.members.push(block);
    return scope !== undefined;
  }

  /** Blocks that are live and belong to the scope, newest first. */
  private survivors(scope: OpenScope): number[] {
    const { death, scope: scopeOf } = this.blocks;
    const live = scope.members.filter((block) => death[block] === 0 && scopeOf[block] === scope.number);
    // A block that went to an inner scope, died there and lives again is a member twice.
    return live.sort((a, b) => b - a).filter((block, k) => k === 0 || live[k - 1] !== block);
  }

  private fill(value: number): number {
    if (this.fillOf[value]! < 0) this.fillOf[value] = this.fillValues.push(value) - 1;
    return this.fillOf[value]!;
  }

  private misuse(code: Finding['code'], operation: number, line: number, block: number, message: () => string): void {
    this.misuseAt.push(operation);
    this.finding(code, operation, line, block, message);
  }

  /** Kept whole are the first 1,000 of a kind: here a line makes one finding at most, so the language's limit by line would not bound. */
  private finding(code: Finding['code'], operation: number, line: number, block: number, message: () => string): void {
    const kept = this.findingsOf.get(code) ?? 0;
    if (kept >= LIMITS.findingsPerLine) {
      this.findingsLeftOut++;
      return;
    }
    this.findingsOf.set(code, kept + 1);
    this.findings.push({ code, message: message(), line, operation, block });
  }
}
