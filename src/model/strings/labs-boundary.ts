import { duration, size, times } from './labs.ts';
import { grouped } from './numbers.ts';

type WayId = 'view' | 'in' | 'out' | 'encode' | 'decode' | 'call' | 'clone' | 'json' | 'inside' | 'ask';
type Kind = 'bytes' | 'numbers' | 'structs' | 'strings';
interface WayText {
  readonly label: string;
  readonly code: string;
}

const VIEW = 'make a view, subarray()';
const ASK: WayText = { label: 'ask Wasm, which kept it', code: 'wasm.ask()' };
const CLONE_IN = 'structuredClone, then in';

/** Texts of the lab about crossing between JavaScript and Wasm. */
export const boundaryStrings = {
  question:
    'JavaScript and Wasm share one buffer. You can hand over an address, make a view of it, copy bytes across, send text, or ask for one value a call. This lab does each, checks that all bring the same values, and times them.',
  kind: {
    label: 'Payload',
    choices: { bytes: 'bytes', numbers: 'numbers, 8 B each', structs: 'structs of 16 B', strings: 'a string' },
  },
  size: { label: 'Table at' },
  to: { label: 'Up to' },
  direction: { label: 'Direction', choices: { both: 'both', in: 'into Wasm', out: 'out of Wasm' } },
  headline: {
    none: 'Not enough was measured to say what crossing costs here.',
    flat: (from: number, to: number) => `A view costs the same at ${size(from)} and at ${size(to)}. A copy does not.`,
    flatBoth: (from: number, to: number, ratio: number) =>
      `From ${size(from)} to ${size(to)} a view stays level, and a copy takes only ${times(ratio)} as long.`,
    uneven: (spread: number, from: number, to: number, copy: number) =>
      `A view varied by ${times(spread)} here, but not with its size. From ${size(from)} to ${size(to)} a copy took ${times(copy)} as long.`,
    grows: (from: number, to: number, ratio: number) =>
      `Here even a view grows: it takes ${times(ratio)} as long at ${size(to)} as at ${size(from)}.`,
  },
  lead: {
    at: (at: number, view: number, rows: string) => `At ${size(at)} a view took *${duration(view)}*. ${rows}`,
    row: (label: string, ratio: number) => `${label} ${times(ratio)} that`,
    call: (label: string, ratio: number, inside: string) => `“${label}” took *${times(ratio)}* as long as ${inside}.`,
    checked: (sizes: number, ways: number) =>
      `Before the clock started, ${ways === 1 ? 'the one way' : `all ${ways} ways`} brought the same values at ${
        sizes === 1 ? 'one size' : `each of ${sizes} sizes`
      }.`,
  },
  ways: {
    bytes: {
      view: { label: VIEW, code: 'u8.subarray(p, p + n)' },
      in: { label: 'copy in, set()', code: 'u8.set(source, p)' },
      out: { label: 'copy out, slice()', code: 'u8.slice(p, p + n)' },
      encode: { label: 'encodeInto (text in)', code: 'encoder.encodeInto(text, view)' },
      decode: { label: 'decode (text out)', code: 'decoder.decode(view)' },
      call: { label: 'one call a byte', code: 'wasm.loadByte(p + k)' },
      clone: { label: 'structuredClone', code: 'structuredClone(u8.slice(p, p + n))' },
      json: { label: 'JSON', code: 'JSON.parse(decoder.decode(text))' },
      inside: { label: 'read it inside Wasm', code: 'wasm.sumBytes(p, n)' },
      ask: ASK,
    },
    numbers: {
      view: { label: VIEW, code: 'f64.subarray(i, i + count)' },
      in: { label: 'copy in, set()', code: 'f64.set(source, i)' },
      out: { label: 'copy out, slice()', code: 'f64.slice(i, i + count)' },
      call: { label: 'one call a number', code: 'wasm.loadNumber(p + 8 * k)' },
      clone: { label: 'structuredClone', code: 'structuredClone(f64.slice(i, i + count))' },
      json: { label: 'JSON', code: 'JSON.parse(decoder.decode(text))' },
      inside: { label: 'read it inside Wasm', code: 'wasm.sumNumbers(p, count)' },
      ask: ASK,
    },
    structs: {
      view: { label: VIEW, code: 'u32.subarray(i, i + words)' },
      in: { label: 'write fields through a view', code: 'u32[at] = particle.id …' },
      out: { label: 'make objects from a view', code: '{ id: u32[at], x: u32[at + 1] … }' },
      call: { label: 'one call a field', code: 'wasm.loadWord(at)' },
      clone: { label: 'structuredClone', code: 'structuredClone(particles)' },
      json: { label: 'JSON', code: 'JSON.parse(decoder.decode(text))' },
      inside: { label: 'read it inside Wasm', code: 'wasm.sumWords(p, words)' },
      ask: ASK,
    },
    strings: {
      view: { label: VIEW, code: 'u8.subarray(p, p + n)' },
      encode: { label: 'encodeInto (string in)', code: 'encoder.encodeInto(text, view)' },
      decode: { label: 'decode (string out)', code: 'decoder.decode(view)' },
      call: { label: 'one call a character', code: 'String.fromCharCode(wasm.loadByte(p + k))' },
      clone: { label: 'structuredClone', code: 'structuredClone(decoder.decode(view))' },
      json: { label: 'JSON', code: 'JSON.parse(decoder.decode(text))' },
      inside: { label: 'read it inside Wasm', code: 'wasm.sumBytes(p, n)' },
      ask: ASK,
    },
  } satisfies Record<Kind, Partial<Record<WayId, WayText>>>,
  /** Where the way in differs from the way out. */
  waysIn: {
    bytes: {
      call: { label: 'one call a byte', code: 'wasm.storeByte(p + k, source[k])' },
      clone: { label: CLONE_IN, code: 'u8.set(structuredClone(source), p)' },
      json: { label: 'JSON, parsed inside', code: 'encoder.encodeInto(JSON.stringify(values), view)' },
    },
    numbers: {
      call: { label: 'one call a number', code: 'wasm.storeNumber(p + 8 * k, source[k])' },
      clone: { label: CLONE_IN, code: 'f64.set(structuredClone(source), i)' },
      json: { label: 'JSON, parsed inside', code: 'encoder.encodeInto(JSON.stringify(values), view)' },
    },
    structs: {
      call: { label: 'one call a field', code: 'wasm.storeWord(at, particle.id)' },
      clone: { label: CLONE_IN, code: 'write(structuredClone(particles))' },
      json: { label: 'JSON, parsed inside', code: 'encoder.encodeInto(JSON.stringify(particles), view)' },
    },
    strings: {
      call: { label: 'one call a character', code: 'wasm.storeByte(p + k, text.charCodeAt(k))' },
      clone: { label: CLONE_IN, code: 'encoder.encodeInto(structuredClone(text), view)' },
      json: { label: 'JSON, unquoted inside', code: 'encoder.encodeInto(JSON.stringify(text), view)' },
    },
  } satisfies Record<Kind, Partial<Record<WayId, WayText>>>,
  chart: {
    title: 'Time for one transfer',
    note: 'both axes logarithmic',
    x: 'bytes transferred',
    page: '64 KiB, one page',
  },
  cards: {
    title: (bytes: number) => `At ${size(bytes)}`,
    note: 'median; how it compares to a view',
    baseline: 'baseline',
    ratio: (ratio: number) => `${times(ratio)} a view`,
  },
  detach: {
    title: 'The catch with views',
    note: 'what happened in this run',
    pages: (pages: number) => `${grouped(pages)}, the pages until then`,
    detached: (length: number, before: number) => `${grouped(length)}, was ${grouped(before)}`,
    again: 'const v2 = new Uint8Array(memory.buffer).subarray(p, p + 65536)',
    after:
      'Any grow detaches every view, even `grow(0)`. The right pattern: pass pointer and length, take a new view where `view.buffer !== memory.buffer` after each call that may allocate, and keep large state inside.',
  },
  advice: {
    small: (most: string) => `Up to ${most} here, whatever is simplest will do: a copy costs less than ten views. `,
    general:
      'Pass a pointer and a length, and make the view where it is used. Copy out only what must outlive the next grow. Work on many values in one call instead of calling for each. Keep state that Wasm works on in Wasm and ask for the answer; text and JSON are for what people read.',
  },
} as const;
