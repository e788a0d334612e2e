// Every way to get numbers of 8 bytes across, as it is timed: `run(times)` does it that often in a row, `check()` does it once and
// adds up what arrived. The views are of the module's memory, p is the payload's address, n its bytes.
import type { Exports } from './exports.ts';
import { numbersOf } from './payload.ts';
import { decoder, encoder, sink, stayingWays, sumUp, viewsOf, type Way } from './way.ts';

export function numbersWays(wasm: Exports, n: number, withJson: boolean): Way[] {
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
        for (let i = 0; i < times; i++) sink.value = f64.subarray(first, first + count);
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
        for (let i = 0; i < times; i++) sink.value = f64.slice(first, first + count);
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
        for (let i = 0; i < times; i++) f64.set(structuredClone(source), first);
      },
      check: inside,
    },
    {
      id: 'clone',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) sink.value = structuredClone(f64.slice(first, first + count));
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
        for (let i = 0; i < times; i++)
          sink.value = Float64Array.from(JSON.parse(decoder.decode(u8.subarray(t, t + m))));
      },
      check: () => sumUp(JSON.parse(decoder.decode(u8.subarray(t, t + m)))),
    },
    ...stayingWays(wasm, inside),
  ];
}
