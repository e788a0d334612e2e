import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Heap } from './heap.ts';

/** `a ID SIZE [ALIGN]`, `f ID`, `r ID SIZE`. */
export interface GoldenOperation {
  readonly kind: 'a' | 'f' | 'r';
  readonly id: number;
  readonly size: number;
  readonly align: number;
}

/** What the real allocator did: `KIND ID ADDRESS PAGES [STATUS]`. */
export interface GoldenLine {
  readonly kind: string;
  readonly id: number;
  readonly address: number;
  readonly pages: number;
  readonly status: '' | 'fail' | 'skip';
}

const folder = new URL('../golden/', import.meta.url);
const lines = (file: string): string[] =>
  gunzipSync(readFileSync(new URL(file, folder)))
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

/** Names of the recorded runs as pairs of operation list and lane, for example `['tcl', 'wee-repaired']`. */
export function goldenRuns(): readonly (readonly [trace: string, lane: string])[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt.gz'))
    .sort()
    .map((file) => file.split('.') as unknown as [string, string]);
}

export function goldenOperations(trace: string): GoldenOperation[] {
  return lines(`${trace}.ops.gz`).map((line) => {
    const [kind, id, size = '0', align = '0'] = line.split(' ');
    return { kind: kind as GoldenOperation['kind'], id: Number(id), size: Number(size), align: Number(align) };
  });
}

export function goldenLines(trace: string, lane: string): GoldenLine[] {
  return lines(`${trace}.${lane}.txt.gz`).map((line) => {
    const [kind, id, address, pages, status = ''] = line.split(' ');
    return {
      kind: kind!,
      id: Number(id),
      address: Number(address),
      pages: Number(pages),
      status: status as GoldenLine['status'],
    };
  });
}

/** How the recordings were made. */
export const GOLDEN_BASE = 5632;
export const GOLDEN_INITIAL = 1;
export function goldenMaximum(trace: string): number {
  return trace === 'exhaust' ? 25 : trace === 'oom-then-grow' ? 41 : 65_536;
}

/** What can run a list: one of our heaps, or a real allocator in its own module. */
export type Driven = Pick<Heap, 'pages' | 'alloc' | 'dealloc' | 'realloc'>;

interface Block {
  address: number;
  size: number;
  align: number;
}

/**
 * Runs operations on a heap and says for each what a golden line says. A failed `a` leaves the id null; `f` of a null id is
 * skipped, `r` of one allocates; a failed `r` keeps the old block.
 */
export function* replay(heap: Driven, operations: Iterable<GoldenOperation>): Generator<GoldenLine & { size: number }> {
  const blocks = new Map<number, Block>();
  for (const { kind, id, size, align } of operations) {
    const block = blocks.get(id);
    let address = 0;
    let status: GoldenLine['status'] = '';
    let bytes = size;
    switch (kind) {
      case 'a':
        address = heap.alloc(size, align);
        if (address === 0) status = 'fail';
        blocks.set(id, { address, size, align });
        break;
      case 'f':
        bytes = block?.size ?? 0;
        if (!block || block.address === 0) {
          status = 'skip';
          break;
        }
        address = block.address;
        heap.dealloc(block.address, block.size, block.align);
        blocks.delete(id);
        break;
      case 'r': {
        const old = block ?? { address: 0, size: 0, align: 0 };
        address = heap.realloc(old.address, old.address === 0 ? 0 : old.size, old.align, size);
        if (address === 0) status = 'fail';
        else blocks.set(id, { address, size, align: old.align });
        break;
      }
    }
    yield { kind, id, address, pages: heap.pages, status, size: bytes };
  }
}
