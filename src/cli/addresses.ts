import { OpKind } from '../model/operations.ts';
import { blockNumber, type Scenario } from '../model/scenario.ts';
import type { LaneReport } from './replay.ts';

const LETTER: Readonly<Record<number, string>> = {
  [OpKind.Alloc]: 'a',
  [OpKind.Free]: 'f',
  [OpKind.Realloc]: 'r',
};

/**
 * A line for each request the lane executed, `INDEX KIND ID ADDRESS PAGES`: the address is 0 where the request failed or
 * the free was skipped, the freed block's for a free; pages as they are after the operation.
 */
export function* addressLines(
  { operations, blocks }: Scenario,
  { opening, result, log }: LaneReport,
): Generator<string> {
  const address = new Uint32Array(operations.count + 1);
  const failed = new Set<number>();
  const grows: [number, number][] = [];
  for (const slice of log) {
    address.set(slice.address, slice.first);
    for (const operation of slice.failures) failed.add(operation);
    slice.growAt.forEach((operation, k) => {
      grows.push([operation, slice.growPages[k]!]);
    });
  }
  let pages = opening.initial;
  let grow = 0;
  for (let operation = 1; operation <= result.executed; operation++) {
    while (grow < grows.length && grows[grow]![0] <= operation) pages = grows[grow++]![1];
    const letter = LETTER[operations.kind[operation - 1]!];
    if (letter === undefined) continue;
    const at =
      letter === 'f' ? address[operations.prev[operation - 1]!] : failed.has(operation) ? 0 : address[operation];
    yield `${operation} ${letter} ${blockNumber(blocks, operations.id[operation - 1]!)} ${at} ${pages}\n`;
  }
}
