/** For tests: recordings from texts and bytes, and scenarios as lines that a person can compare. */
import { OpFlag, OpKind, operationAt } from '../model/operations.ts';
import type { Scenario } from '../model/scenario.ts';
import { type RecordingResult, readRecording } from './read.ts';

/** Reads a file given as text, bytes, or pieces in which it arrives. */
export function readFile(file: string | Uint8Array | readonly Uint8Array[]): Promise<RecordingResult> {
  const pieces =
    typeof file === 'string' ? [new TextEncoder().encode(file)] : file instanceof Uint8Array ? [file] : file;
  async function* stream() {
    yield* pieces;
  }
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return readRecording(stream(), bytes, {
    name: 'test',
    onProgress: () => {},
    signal: new AbortController().signal,
  });
}

/** Reads a file that must be a recording. */
export async function scenarioOf(file: string | Uint8Array): Promise<Scenario> {
  const result = await readFile(file);
  if (result.kind !== 'scenario') throw new Error(`Expected a recording, got ${JSON.stringify(result)}`);
  return result.scenario;
}

const LETTERS: Readonly<Record<OpKind, string>> = {
  [OpKind.Alloc]: 'a',
  [OpKind.Free]: 'f',
  [OpKind.Realloc]: 'r',
  [OpKind.Write]: 'w',
  [OpKind.Read]: 'read',
  [OpKind.Enter]: 's',
  [OpKind.Leave]: 'x',
  [OpKind.Place]: 'place',
  [OpKind.Move]: 'move',
  [OpKind.Drop]: 'drop',
  [OpKind.Rewind]: 'rewind',
};

/** Each operation on a line: its list line by block number, its flags, and what it links to. */
export function operationLinesOf({ operations, fills }: Scenario): string[] {
  return Array.from({ length: operations.count }, (_, k) => {
    const { kind, flags, id, size, align, offset, prev, host } = operationAt(operations, k + 1);
    const letter = (flags & OpFlag.Zeroed) !== 0 ? 'z' : LETTERS[kind];
    const sized = kind === OpKind.Alloc || kind === OpKind.Realloc;
    return [
      letter,
      id,
      ...(sized ? [size] : []),
      ...(kind === OpKind.Write ? [offset, size, `=${fills.bytes[fills.start[host]!]}`] : []),
      ...(align !== 0 ? [`align ${align}`] : []),
      ...((flags & OpFlag.Misuse) !== 0 ? ['misuse'] : []),
      ...((flags & OpFlag.ByScope) !== 0 ? ['by scope'] : []),
      ...(prev !== 0 ? [`< ${prev}`] : []),
    ].join(' ');
  });
}

/** Anomalies as `KIND LINE OPERATION`. */
export function anomalyLinesOf({ anomalies }: Scenario): string[] {
  return anomalies.map(({ kind, line, operation }) => `${kind} ${line} ${operation}`);
}

/** A small generator of numbers below `n` for tests (mulberry32): the same for the same seed. */
export function dice(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}
