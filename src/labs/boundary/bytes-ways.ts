// Every way to get bytes across, as it is timed: `run(times)` does it that often in a row, `check()` does it once and
// adds up what arrived. The views are of the module's memory, p is the payload's address, n its bytes.
import type { Exports } from './exports.ts';
import { bytesOf } from './payload.ts';
import { decoder, encoder, sink, stayingWays, sumUp, viewsOf, type Way } from './way.ts';

export function bytesWays(wasm: Exports, n: number, withJson: boolean): Way[] {
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
        for (let i = 0; i < times; i++) sink.value = u8.subarray(p, p + n);
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
        for (let i = 0; i < times; i++) sink.value = u8.slice(p, p + n);
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
        for (let i = 0; i < times; i++) sink.value = decoder.decode(u8.subarray(p, p + n));
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
        for (let i = 0; i < times; i++) u8.set(structuredClone(source), p);
      },
      check: inside,
    },
    {
      // A view itself would take the whole memory with it.
      id: 'clone',
      direction: 'out',
      run: (times) => {
        for (let i = 0; i < times; i++) sink.value = structuredClone(u8.slice(p, p + n));
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
        for (let i = 0; i < times; i++) sink.value = Uint8Array.from(JSON.parse(decoder.decode(u8.subarray(t, t + m))));
      },
      check: () => sumUp(JSON.parse(decoder.decode(u8.subarray(t, t + m)))),
    },
    ...stayingWays(wasm, inside),
  ];
}
