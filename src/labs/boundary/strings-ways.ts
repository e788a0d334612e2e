// Every way to get a string across, as it is timed: `run(times)` does it that often in a row, `check()` does it once and
// adds up what arrived. The views are of the module's memory, p is the payload's address, n its bytes.
import type { Exports } from './exports.ts';
import { stringOf } from './payload.ts';
import { decoder, encoder, sink, stayingWays, sumUp, viewsOf, type Way } from './way.ts';

export function stringsWays(wasm: Exports, n: number, withJson: boolean): Way[] {
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
        for (let i = 0; i < times; i++) sink.value = u8.subarray(p, p + n);
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
        for (let i = 0; i < times; i++) sink.value = decoder.decode(u8.subarray(p, p + n));
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
          sink.value = text;
        }
      },
      check() {
        this.run(1);
        return sumOf(sink.value as string);
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
        for (let i = 0; i < times; i++) sink.value = structuredClone(decoder.decode(u8.subarray(p, p + n)));
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
        for (let i = 0; i < times; i++) sink.value = JSON.parse(decoder.decode(u8.subarray(t, t + m)));
      },
      check: () => sumOf(JSON.parse(decoder.decode(u8.subarray(t, t + m)))),
    },
    ...stayingWays(wasm, inside),
  ];
}
