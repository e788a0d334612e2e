// Every way to get a payload across, as it is timed: `run(times)` does it that often in a row, `check()` does it once and
// adds up what arrived. u8, f64 and u32 are views of the module's memory, p is the payload's address, n its bytes.
import type { Exports } from './exports.ts';
import { bytesOf, type Kind, numbersOf, PARTICLE_WORDS, type Particle, particlesOf, stringOf } from './payload.ts';

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

/** Keeps results alive, so that no engine leaves the work out. */
export let sink: unknown;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const sumUp = (values: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
};

/**
 * All ways of a kind for a payload of n bytes, over fresh views. The payload lies in memory when this returns; so does its
 * JSON, unless that is not wanted: it takes four times the room and longer to make than all else.
 */
export function waysOf(kind: Kind, wasm: Exports, n: number, withJson: boolean): Way[] {
  return WAYS[kind](wasm, n, withJson).map((way) => {
    if (way.direction !== 'in') return way;
    // What lies there must have come this way: wipe, bring, then add up.
    const check = () => {
      new Uint8Array(wasm.memory.buffer, wasm.payload(), n).fill(0);
      way.run(1);
      return way.check();
    };
    return { ...way, check };
  });
}

const WAYS = { bytes: bytesWays, numbers: numbersWays, structs: structsWays, strings: stringsWays } as const;

/** Room for the payload and for text behind it, then views: growing would have detached any that were made before. */
function viewsOf(wasm: Exports, n: number, textBytes: number) {
  if (wasm.reserve(n, textBytes) === 0) throw new RangeError(`No room for ${n} bytes and their text.`);
  const { buffer } = wasm.memory;
  const p = wasm.payload();
  return { p, u8: new Uint8Array(buffer), u32: new Uint32Array(buffer), f64: new Float64Array(buffer) };
}

function bytesWays(wasm: Exports, n: number, withJson: boolean): Way[] {
  const source = bytesOf(n);
  const text = decoder.decode(source);
  const json = withJson ? JSON.stringify(Array.from(source)) : '';
  const { p, u8 } = viewsOf(wasm, n, json.length);
  const t = p + n;
  const m = json.length;
  u8.set(source, p);
  encoder.encodeInto(json, u8.subarray(t, t + m));
  const inside = () => wasm.sumBytes(p, n);
  return [
    {
      id: 'view',
      direction: null,
      run: (times) => {
        for (let i = 0; i < times; i++) sink = u8.subarray(p, p + n);
      },
      check: () => sumUp(u8.subarray(p, p + n)),
    },
    {
      id: 'in',
      direction: 'in',
      run: (times) => {
        for (let i = 0; i < times; i++) u8.set(source, p);
      },
      check: inside,
    },
    {
      id: 'out',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) sink = u8.slice(p, p + n);
      },
      check: () => sumUp(u8.slice(p, p + n)),
    },
    {
      id: 'encode',
      direction: 'in',
      run: (times) => {
        for (let i = 0; i < times; i++) encoder.encodeInto(text, u8.subarray(p, p + n));
      },
      check: inside,
    },
    {
      id: 'decode',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) sink = decoder.decode(u8.subarray(p, p + n));
      },
      check: () => sumUp(encoder.encode(decoder.decode(u8.subarray(p, p + n)))),
    },
    {
      id: 'call',
      direction: 'in',
      run: (times) => {
        for (let i = 0; i < times; i++) for (let k = 0; k < n; k++) wasm.storeByte(p + k, source[k]!);
      },
      check: inside,
    },
    {
      id: 'call',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) {
          let sum = 0;
          for (let k = 0; k < n; k++) sum += wasm.loadByte(p + k);
          sink = sum;
        }
      },
      check() {
        this.run(1);
        return sink as number;
      },
    },
    {
      id: 'clone',
      direction: 'in',
      run: (times) => {
        for (let i = 0; i < times; i++) u8.set(structuredClone(source), p);
      },
      check: inside,
    },
    {
      // A view itself would take the whole memory with it.
      id: 'clone',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) sink = structuredClone(u8.slice(p, p + n));
      },
      check: () => sumUp(structuredClone(u8.slice(p, p + n))),
    },
    {
      id: 'json',
      direction: 'in',
      run: (times) => {
        for (let i = 0; i < times; i++) {
          const { written } = encoder.encodeInto(JSON.stringify(Array.from(source)), u8.subarray(t, t + m));
          wasm.parseNumbers(t, written, p, 1);
        }
      },
      check: inside,
    },
    {
      id: 'json',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) sink = Uint8Array.from(JSON.parse(decoder.decode(u8.subarray(t, t + m))));
      },
      check: () => sumUp(JSON.parse(decoder.decode(u8.subarray(t, t + m)))),
    },
    ...stayingWays(wasm, inside),
  ];
}

function numbersWays(wasm: Exports, n: number, withJson: boolean): Way[] {
  const source = numbersOf(n / 8);
  const json = withJson ? JSON.stringify(Array.from(source)) : '';
  const { p, u8, f64 } = viewsOf(wasm, n, json.length);
  const first = p / 8;
  const count = n / 8;
  const t = p + n;
  const m = json.length;
  f64.set(source, first);
  encoder.encodeInto(json, u8.subarray(t, t + m));
  const inside = () => wasm.sumNumbers(p, count);
  return [
    {
      id: 'view',
      direction: null,
      run: (times) => {
        for (let i = 0; i < times; i++) sink = f64.subarray(first, first + count);
      },
      check: () => sumUp(f64.subarray(first, first + count)),
    },
    {
      id: 'in',
      direction: 'in',
      run: (times) => {
        for (let i = 0; i < times; i++) f64.set(source, first);
      },
      check: inside,
    },
    {
      id: 'out',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) sink = f64.slice(first, first + count);
      },
      check: () => sumUp(f64.slice(first, first + count)),
    },
    {
      id: 'call',
      direction: 'in',
      run: (times) => {
        for (let i = 0; i < times; i++) for (let k = 0; k < count; k++) wasm.storeNumber(p + 8 * k, source[k]!);
      },
      check: inside,
    },
    {
      id: 'call',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) {
          let sum = 0;
          for (let k = 0; k < count; k++) sum += wasm.loadNumber(p + 8 * k);
          sink = sum;
        }
      },
      check() {
        this.run(1);
        return sink as number;
      },
    },
    {
      id: 'clone',
      direction: 'in',
      run: (times) => {
        for (let i = 0; i < times; i++) f64.set(structuredClone(source), first);
      },
      check: inside,
    },
    {
      id: 'clone',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) sink = structuredClone(f64.slice(first, first + count));
      },
      check: () => sumUp(structuredClone(f64.slice(first, first + count))),
    },
    {
      id: 'json',
      direction: 'in',
      run: (times) => {
        for (let i = 0; i < times; i++) {
          const { written } = encoder.encodeInto(JSON.stringify(Array.from(source)), u8.subarray(t, t + m));
          wasm.parseNumbers(t, written, p, 8);
        }
      },
      check: inside,
    },
    {
      id: 'json',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) sink = Float64Array.from(JSON.parse(decoder.decode(u8.subarray(t, t + m))));
      },
      check: () => sumUp(JSON.parse(decoder.decode(u8.subarray(t, t + m)))),
    },
    ...stayingWays(wasm, inside),
  ];
}

function structsWays(wasm: Exports, n: number, withJson: boolean): Way[] {
  const source = particlesOf(n / 16);
  const json = withJson ? JSON.stringify(source) : '';
  const { p, u8, u32 } = viewsOf(wasm, n, json.length);
  const first = p / 4;
  const words = n / 4;
  const t = p + n;
  const m = json.length;
  const write = (particles: readonly Particle[]) => {
    for (let k = 0, at = first; k < particles.length; k++, at += PARTICLE_WORDS) {
      const particle = particles[k]!;
      u32[at] = particle.id;
      u32[at + 1] = particle.x;
      u32[at + 2] = particle.y;
      u32[at + 3] = particle.flags;
    }
  };
  const read = () => {
    const particles: Particle[] = [];
    for (let at = first; at < first + words; at += PARTICLE_WORDS) {
      particles.push({ id: u32[at]!, x: u32[at + 1]!, y: u32[at + 2]!, flags: u32[at + 3]! });
    }
    return particles;
  };
  const sumOf = (particles: readonly Particle[]) => {
    let sum = 0;
    for (const { id, x, y, flags } of particles) sum += id + x + y + flags;
    return sum;
  };
  write(source);
  encoder.encodeInto(json, u8.subarray(t, t + m));
  const inside = () => wasm.sumWords(p, words) >>> 0;
  return [
    {
      id: 'view',
      direction: null,
      run: (times) => {
        for (let i = 0; i < times; i++) sink = u32.subarray(first, first + words);
      },
      check: () => sumUp(u32.subarray(first, first + words)),
    },
    {
      id: 'in',
      direction: 'in',
      run: (times) => {
        for (let i = 0; i < times; i++) write(source);
      },
      check: inside,
    },
    {
      id: 'out',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) sink = read();
      },
      check: () => sumOf(read()),
    },
    {
      id: 'call',
      direction: 'in',
      run: (times) => {
        for (let i = 0; i < times; i++) {
          for (let k = 0, at = p; k < source.length; k++, at += 16) {
            const particle = source[k]!;
            wasm.storeWord(at, particle.id);
            wasm.storeWord(at + 4, particle.x);
            wasm.storeWord(at + 8, particle.y);
            wasm.storeWord(at + 12, particle.flags);
          }
        }
      },
      check: inside,
    },
    {
      id: 'call',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) {
          let sum = 0;
          for (let at = p; at < p + n; at += 4) sum += wasm.loadWord(at);
          sink = sum;
        }
      },
      check() {
        this.run(1);
        return sink as number;
      },
    },
    {
      id: 'clone',
      direction: 'in',
      run: (times) => {
        for (let i = 0; i < times; i++) write(structuredClone(source));
      },
      check: inside,
    },
    {
      id: 'clone',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) sink = structuredClone(read());
      },
      check: () => sumOf(structuredClone(read())),
    },
    {
      id: 'json',
      direction: 'in',
      run: (times) => {
        for (let i = 0; i < times; i++) {
          const { written } = encoder.encodeInto(JSON.stringify(source), u8.subarray(t, t + m));
          wasm.parseNumbers(t, written, p, 4);
        }
      },
      check: inside,
    },
    {
      id: 'json',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) sink = JSON.parse(decoder.decode(u8.subarray(t, t + m)));
      },
      check: () => sumOf(JSON.parse(decoder.decode(u8.subarray(t, t + m)))),
    },
    ...stayingWays(wasm, inside),
  ];
}

function stringsWays(wasm: Exports, n: number, withJson: boolean): Way[] {
  const source = stringOf(n);
  const json = withJson ? JSON.stringify(source) : '';
  const { p, u8 } = viewsOf(wasm, n, json.length);
  const t = p + n;
  const m = json.length;
  encoder.encodeInto(source, u8.subarray(p, p + n));
  encoder.encodeInto(json, u8.subarray(t, t + m));
  const inside = () => wasm.sumBytes(p, n);
  const sumOf = (text: string) => sumUp(encoder.encode(text));
  return [
    {
      id: 'view',
      direction: null,
      run: (times) => {
        for (let i = 0; i < times; i++) sink = u8.subarray(p, p + n);
      },
      check: () => sumUp(u8.subarray(p, p + n)),
    },
    {
      id: 'encode',
      direction: 'in',
      run: (times) => {
        for (let i = 0; i < times; i++) encoder.encodeInto(source, u8.subarray(p, p + n));
      },
      check: inside,
    },
    {
      id: 'decode',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) sink = decoder.decode(u8.subarray(p, p + n));
      },
      check: () => sumOf(decoder.decode(u8.subarray(p, p + n))),
    },
    {
      id: 'call',
      direction: 'in',
      run: (times) => {
        for (let i = 0; i < times; i++) for (let k = 0; k < n; k++) wasm.storeByte(p + k, source.charCodeAt(k));
      },
      check: inside,
    },
    {
      id: 'call',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) {
          let text = '';
          for (let k = 0; k < n; k++) text += String.fromCharCode(wasm.loadByte(p + k));
          sink = text;
        }
      },
      check() {
        this.run(1);
        return sumOf(sink as string);
      },
    },
    {
      id: 'clone',
      direction: 'in',
      run: (times) => {
        for (let i = 0; i < times; i++) encoder.encodeInto(structuredClone(source), u8.subarray(p, p + n));
      },
      check: inside,
    },
    {
      id: 'clone',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) sink = structuredClone(decoder.decode(u8.subarray(p, p + n)));
      },
      check: () => sumOf(structuredClone(decoder.decode(u8.subarray(p, p + n)))),
    },
    {
      id: 'json',
      direction: 'in',
      run: (times) => {
        for (let i = 0; i < times; i++) {
          const { written } = encoder.encodeInto(JSON.stringify(source), u8.subarray(t, t + m));
          wasm.parseString(t, written, p);
        }
      },
      check: inside,
    },
    {
      id: 'json',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) sink = JSON.parse(decoder.decode(u8.subarray(t, t + m)));
      },
      check: () => sumOf(JSON.parse(decoder.decode(u8.subarray(t, t + m)))),
    },
    ...stayingWays(wasm, inside),
  ];
}

/** The payload stays; a sum of it comes out. */
function stayingWays(wasm: Exports, inside: () => number): Way[] {
  wasm.keep(inside());
  return [
    {
      id: 'inside',
      direction: null,
      run: (times) => {
        for (let i = 0; i < times; i++) sink = inside();
      },
      check: inside,
    },
    {
      id: 'ask',
      direction: null,
      run: (times) => {
        for (let i = 0; i < times; i++) sink = wasm.ask();
      },
      check: () => wasm.ask(),
    },
  ];
}
