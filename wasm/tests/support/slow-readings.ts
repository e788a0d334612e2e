import { SpanKind } from '../../../src/model/spans.ts';
import { PAGE_BYTES } from '../../../src/model/units.ts';

/** Bytes in use and bytes free, as anyone would read them who knows the policy and believes every word. */
export interface SlowReading {
  readonly [SpanKind.Used]: number;
  readonly [SpanKind.Free]: number;
}

const BASE = 20;

/** An arena: all from the base to the bump. */
export function slowArena(memory: DataView): SlowReading {
  return { [SpanKind.Used]: memory.getUint32(24, true) - memory.getUint32(BASE, true), [SpanKind.Free]: 0 };
}

/** 16 to 128 by 16, then four classes a doubling. */
const SLOTS = [16, 32, 48, 64, 80, 96, 112, 128];
for (let size = 128; size < 32_768; size *= 2) SLOTS.push((size * 5) / 4, (size * 6) / 4, (size * 7) / 4, size * 2);
const HEADS = 48;
const RUN = 64;
const RUN_REST = 65;
const RUN_FREE = 66;

/** A pool: page after page by its table; free slots are those that a list leads to, and the unused ones. */
export function slowPool(memory: DataView): SlowReading {
  const word = (at: number) => memory.getUint32(at, true);
  const base = word(BASE);
  const table = word(32);
  let used = 0;
  let free = 0;
  let before = 0;
  for (let page = Math.floor(base / PAGE_BYTES); page < word(24); page++) {
    const kind = memory.getUint8(table + page);
    const start = Math.max(page * PAGE_BYTES, base);
    const end = (page + 1) * PAGE_BYTES;
    const rest = kind === RUN_REST ? before : kind;
    if (rest === RUN) used += end - start;
    if (rest === RUN_FREE) free += end - start;
    before = rest;
    const slot = SLOTS[kind - 1];
    if (slot === undefined) continue;
    const listed = listOf(memory, kind - 1);
    const next = word(HEADS + 8 * (kind - 1) + 4);
    const grain = slot & -slot;
    for (let at = Math.ceil(start / grain) * grain; at + slot <= end; at += slot) {
      const unused = next !== 0 && Math.floor(next / PAGE_BYTES) === page && at >= next;
      if (unused || listed.has(at)) free += slot;
      else used += slot;
    }
  }
  return { [SpanKind.Used]: used, [SpanKind.Free]: free };
}

function listOf(memory: DataView, sizeClass: number): Set<number> {
  const listed = new Set<number>();
  for (let at = memory.getUint32(HEADS + 8 * sizeClass, true); at !== 0; at = memory.getUint32(at, true)) {
    if (listed.has(at) || at + 4 > memory.byteLength) throw new Error(`the list of class ${sizeClass} goes astray`);
    listed.add(at);
  }
  return listed;
}
