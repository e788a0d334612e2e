// What the ways of every kind of payload share (`bytes-ways.ts`, `numbers-ways.ts` and so on, where each is written out as
// it is timed).
import type { Exports } from './exports.ts';

export type WayId = 'view' | 'in' | 'out' | 'encode' | 'decode' | 'call' | 'clone' | 'json' | 'inside' | 'ask';
export type Direction = 'in' | 'out';

export interface Way {
  readonly id: WayId;
  /** Where the payload goes; null where it stays. */
  readonly direction: Direction | null;
  run(times: number): void;
  /** What arrived, added up; for ways in, what then lies in memory. */
  check(): number;
}

export const encoder = new TextEncoder();
export const decoder = new TextDecoder();

/** Keeps results alive, so that no engine leaves the work out. */
export const sink: { value: unknown } = { value: undefined };

export const sumUp = (values: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
};

/** Room for the payload and for text behind it, then views: growing would have detached any that were made before. */
export function viewsOf(wasm: Exports, n: number, textBytes: number) {
  if (wasm.reserve(n, textBytes) === 0) throw new RangeError(`No room for ${n} bytes and their text.`);
  const { buffer } = wasm.memory;
  const p = wasm.payload();
  return { p, u8: new Uint8Array(buffer), u32: new Uint32Array(buffer), f64: new Float64Array(buffer) };
}

/** The payload stays; a sum of it comes out. */
export function stayingWays(wasm: Exports, inside: () => number): Way[] {
  wasm.keep(inside());
  return [
    {
      id: 'inside',
      direction: null,
      run: (times) => {
        for (let i = 0; i < times; i++) sink.value = inside();
      },
      check: inside,
    },
    {
      id: 'ask',
      direction: null,
      run: (times) => {
        for (let i = 0; i < times; i++) sink.value = wasm.ask();
      },
      check: () => wasm.ask(),
    },
  ];
}
