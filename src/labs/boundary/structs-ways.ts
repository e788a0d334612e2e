// Every way to get structs of 16 bytes across, as it is timed: `run(times)` does it that often in a row, `check()` does it once and
// adds up what arrived. The views are of the module's memory, p is the payload's address, n its bytes.
import type { Exports } from './exports.ts';
import { PARTICLE_WORDS, type Particle, particlesOf } from './payload.ts';
import { decoder, encoder, sink, stayingWays, sumUp, viewsOf, type Way } from './way.ts';

export function structsWays(wasm: Exports, n: number, withJson: boolean): Way[] {
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
        for (let i = 0; i < times; i++) sink.value = u32.subarray(first, first + words);
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
        for (let i = 0; i < times; i++) sink.value = read();
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
          sink.value = sum;
        }
      },
      check() {
        this.run(1);
        return sink.value as number;
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
        for (let i = 0; i < times; i++) sink.value = structuredClone(read());
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
        for (let i = 0; i < times; i++) sink.value = JSON.parse(decoder.decode(u8.subarray(t, t + m)));
      },
      check: () => sumOf(JSON.parse(decoder.decode(u8.subarray(t, t + m)))),
    },
    ...stayingWays(wasm, inside),
  ];
}
