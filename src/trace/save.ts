import { OpFlag, OpKind } from '../model/operations.ts';
import { type AnomalyKind, blockNumber, type Scenario } from '../model/scenario.ts';
import { traceStrings as strings } from '../model/strings/trace.ts';
import type { OperationNumber } from '../model/units.ts';

/** A scenario as the text of a file. */
export interface Saved {
  /** The text, in pieces of about 64 KiB that are made as they are taken. */
  readonly chunks: Iterable<string>;
  /** What the format cannot say, each with its amount; empty if it says all. */
  readonly leftOut: readonly string[];
}

const CHUNK_CHARACTERS = 64 * 1024;

/** Lines of a recording from which nothing reached an allocator: a saved list keeps them as comments. */
const WITHOUT_OPERATION: ReadonlySet<AnomalyKind> = new Set([
  'unknown-line',
  'free-of-unknown-id',
  'write-of-unknown-id',
  'free-of-unknown-address',
  'failed-request',
  'leave-without-enter',
  'truncated',
]);

/** What happens to an operation on its way into a list; the names are those of `strings.leftOut`. */
type LeftOut = keyof typeof strings.leftOut;

/**
 * Any scenario as an operation list. Read again it gives the same allocs, frees, reallocs, writes, scopes and marks in
 * the same order, and so the same addresses on every allocator.
 *
 * Blocks have the ids of the list that they were read from, where each id names one live block at a time, else their
 * numbers. A comment stands between frees that were made by hand and the end of a scope, because the unbroken run of
 * `f` lines before an `x` is the scope's own.
 */
export function saveOperations(scenario: Scenario): Saved {
  const numbers = numbering(scenario);
  const leftOut = new Tally();
  for (let number = 1; number <= scenario.operations.count; number++) {
    const reason = unsaid(scenario, number);
    if (reason !== null) leftOut.add(reason);
    else if (scenario.operations.kind[number - 1] === OpKind.Write && !isPlain(scenario, number)) leftOut.add('fills');
  }
  addStations(leftOut, scenario);
  return { chunks: pieces(() => operationLines(scenario, numbers)), leftOut: leftOut.lines() };
}

/**
 * Any scenario as a `.rep` file of the malloc lab: allocs, frees and reallocs alone, ids 0, 1, 2 … in order of birth.
 * The head has heap size 0 (none is suggested) and weight 1.
 */
export function saveRep(scenario: Scenario): Saved {
  const { operations } = scenario;
  const { kind, flags, align, prev } = operations;
  const leftOut = new Tally();
  const ids = new Map<number, number>();
  let lines = 0;
  for (let k = 0; k < operations.count; k++) {
    const reason = unsaid(scenario, k + 1) ?? unsaidInRep(scenario, k + 1);
    if (reason !== null) leftOut.add(reason);
    else lines++;
    if (reason !== null) continue;
    if (kind[k] === OpKind.Alloc || prev[k] === 0) {
      ids.set(operations.id[k]!, ids.size);
      if (align[k] !== 0) leftOut.add('alignments');
      if ((flags[k]! & OpFlag.Zeroed) !== 0) leftOut.add('zeroing');
    } else if (kind[k] === OpKind.Realloc && (flags[k]! & OpFlag.Misuse) !== 0) leftOut.add('deadResizes');
  }
  leftOut.add('marks', scenario.marks.length);
  addStations(leftOut, scenario);
  leftOut.add('anomalies', scenario.anomalies.filter(({ kind }) => WITHOUT_OPERATION.has(kind)).length);
  return { chunks: pieces(() => repLines(scenario, ids, lines)), leftOut: leftOut.lines() };
}

/** Why an operation cannot stand in either list, null if it can. */
function unsaid({ operations }: Scenario, number: OperationNumber): LeftOut | null {
  const k = number - 1;
  switch (operations.kind[k] as OpKind) {
    case OpKind.Alloc:
    case OpKind.Realloc:
    case OpKind.Enter:
    case OpKind.Leave:
      return null;
    case OpKind.Free:
      return operations.offset[k] === 0 ? null : 'innerFrees';
    case OpKind.Write: {
      const place = operations.kind[operations.prev[k]! - 1];
      return place === OpKind.Place || place === OpKind.Move ? 'placements' : null;
    }
    case OpKind.Read:
      return 'reads';
    case OpKind.Place:
    case OpKind.Move:
    case OpKind.Drop:
    case OpKind.Rewind:
      return 'placements';
  }
}

function unsaidInRep({ operations }: Scenario, number: OperationNumber): LeftOut | 'leave' | null {
  const k = number - 1;
  switch (operations.kind[k] as OpKind) {
    case OpKind.Write:
      return 'writes';
    case OpKind.Enter:
      return 'scopes';
    case OpKind.Leave:
      return 'leave';
    case OpKind.Free:
      return (operations.flags[k]! & OpFlag.Misuse) === 0 ? null : 'doubleFrees';
    default:
      return null;
  }
}

/** What stands beside the operations and has no line in either list. */
function addStations(leftOut: Tally, { notes, pauses, checks, memory, anomaliesLeftOut }: Scenario): void {
  leftOut.add('notes', notes.length);
  leftOut.add('pauses', pauses.length);
  leftOut.add('checks', checks.length);
  leftOut.add('settings', Object.values(memory).filter((value) => value !== undefined).length);
  leftOut.add('anomalies', anomaliesLeftOut);
}

/** The id of each block in a saved list: that of the list it was read from, unless there an id named two live blocks at once. */
function numbering({ operations, blocks }: Scenario): (block: number) => number {
  const own = (block: number) => block;
  if (blocks.listed === undefined) return own;
  const named = new Map<number, number>();
  for (let k = 0; k < operations.count; k++) {
    const block = operations.id[k]!;
    const number = blockNumber(blocks, block);
    switch (operations.kind[k] as OpKind) {
      case OpKind.Enter:
      case OpKind.Leave:
        break;
      case OpKind.Alloc:
        named.set(number, block);
        break;
      default:
        if (operations.prev[k] === 0) named.set(number, block);
        else if (named.get(number) !== block) return own;
    }
  }
  return (block) => blockNumber(blocks, block);
}

function* operationLines(scenario: Scenario, numberOf: (block: number) => number): Generator<string> {
  const { operations, marks, anomalies } = scenario;
  const { kind, flags } = operations;
  const comments = anomalies.filter((anomaly) => WITHOUT_OPERATION.has(anomaly.kind));
  let mark = 0;
  let comment = 0;
  /** The line before is a free that is no scope's end. */
  let freedByHand = false;
  yield `# ${strings.saved.head(operations.count)}\n`;
  for (let position = 0; ; position++) {
    for (; comment < comments.length && comments[comment]!.operation <= position; comment++) {
      const { line, detail } = comments[comment]!;
      yield `# ${strings.saved.comment(line, detail)}\n`;
      freedByHand = false;
    }
    for (; mark < marks.length && marks[mark]!.position <= position; mark++) {
      yield `m ${marks[mark]!.text}\n`;
      freedByHand = false;
    }
    if (position === operations.count) return;
    const number = position + 1;
    if (unsaid(scenario, number) !== null) continue;
    const isFree = kind[position] === OpKind.Free;
    const byScope = isFree && (flags[position]! & OpFlag.ByScope) !== 0;
    if (freedByHand && (byScope || kind[position] === OpKind.Leave)) yield '#\n';
    freedByHand = isFree && !byScope;
    yield operationLine(scenario, number, numberOf);
  }
}

function operationLine(scenario: Scenario, number: OperationNumber, numberOf: (block: number) => number): string {
  const { operations } = scenario;
  const k = number - 1;
  const size = operations.size[k]!;
  const kind = operations.kind[k] as OpKind;
  if (kind === OpKind.Enter) return 's\n';
  if (kind === OpKind.Leave) return 'x\n';
  const id = numberOf(operations.id[k]!);
  switch (kind) {
    case OpKind.Alloc: {
      const align = operations.align[k]!;
      const letter = (operations.flags[k]! & OpFlag.Zeroed) === 0 ? 'a' : 'z';
      return align === 0 ? `${letter} ${id} ${size}\n` : `${letter} ${id} ${size} ${align}\n`;
    }
    case OpKind.Realloc:
      return `r ${id} ${size}\n`;
    case OpKind.Free:
      return `f ${id}\n`;
    case OpKind.Write: {
      const value = firstByte(scenario, number);
      const told = value === (id & 0xff) ? '' : ` ${value}`;
      return `w ${id} ${operations.offset[k]!} ${size}${told}\n`;
    }
    default:
      throw new Error(`Operation ${number} has no line in an operation list.`);
  }
}

function* repLines(scenario: Scenario, ids: ReadonlyMap<number, number>, lines: number): Generator<string> {
  const { operations } = scenario;
  yield `0\n${ids.size}\n${lines}\n1\n`;
  for (let number = 1; number <= operations.count; number++) {
    if (unsaid(scenario, number) !== null || unsaidInRep(scenario, number) !== null) continue;
    const k = number - 1;
    const id = ids.get(operations.id[k]!)!;
    const misuse = (operations.flags[k]! & OpFlag.Misuse) !== 0;
    if (operations.kind[k] === OpKind.Free) yield `f ${id}\n`;
    else if (operations.kind[k] === OpKind.Realloc && operations.prev[k] !== 0 && !misuse) {
      yield `r ${id} ${operations.size[k]!}\n`;
    } else yield `a ${id} ${operations.size[k]!}\n`;
  }
}

/** The first byte that a write stores; what a write of no bytes would store does not matter. */
function firstByte({ fills, operations }: Scenario, number: OperationNumber): number {
  return fills.bytes[fills.start[operations.host[number - 1]!]!] ?? 0;
}

/** Does a write store one value all over? A long fill may begin so, and a short write stores only its beginning. */
function isPlain(scenario: Scenario, number: OperationNumber): boolean {
  const { fills, operations } = scenario;
  const entry = operations.host[number - 1]!;
  const first = fills.start[entry]!;
  const bytes = fills.bytes.subarray(first, Math.min(fills.start[entry + 1]!, first + operations.size[number - 1]!));
  return bytes.every((byte) => byte === bytes[0]);
}

/** Joins lines to pieces, so that a file of millions of lines is not made of millions of strings. Can be gone through again. */
function pieces(lines: () => Iterable<string>): Iterable<string> {
  return {
    *[Symbol.iterator]() {
      let piece = '';
      for (const line of lines()) {
        piece += line;
        if (piece.length >= CHUNK_CHARACTERS) {
          yield piece;
          piece = '';
        }
      }
      if (piece !== '') yield piece;
    },
  };
}

/** Amounts of what is left out, told in the order of the catalogue. */
class Tally {
  private readonly amounts = new Map<LeftOut, number>();

  add(what: LeftOut | 'leave', amount = 1): void {
    // A scope is counted where it is entered.
    if (what !== 'leave' && amount > 0) this.amounts.set(what, (this.amounts.get(what) ?? 0) + amount);
  }

  lines(): string[] {
    const order = Object.keys(strings.leftOut) as LeftOut[];
    return order.filter((what) => this.amounts.has(what)).map((what) => strings.leftOut[what](this.amounts.get(what)!));
  }
}
