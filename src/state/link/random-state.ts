import { ALL_LANE_NAMES } from '../../model/lanes.ts';
import {
  COLOURS,
  LANE_LETTERS,
  ORDERS,
  PANELS,
  type ShareSelection,
  type ShareState,
  type ShareView,
  THEMES,
  ZOOMS,
} from './share-state.ts';

/** For tests. Whole numbers from 0 to n − 1, the same ones for the same seed (mulberry32). */
export function seeded(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return Math.floor((((word ^ (word >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

const LINES = [
  'repeat 400 as i {',
  '  a[i] = alloc 200..9k',
  '}',
  'free random 50% of a',
  'mark "full \\"up\\""',
  '# größer, 大きい, 🧀',
  'expect pages <= 13 for dlmalloc',
  '\ttab\r',
  '__proto__ = alloc 8',
  '<img src=x onerror=window.__x=1>',
];

/** For tests: a state that a link can hold, every setting at its default or not, corner values often. */
export function randomState(seed: number): ShareState {
  const random = seeded(seed);
  const one = <T>(list: readonly T[]): T => list[random(list.length)]!;
  const maybe = <T>(value: () => T, otherwise: T): T => (random(2) === 0 ? otherwise : value());
  const position = () => one([0, 1, 214, 5_000_000, 0xffff_ffff, random(100_000)]);
  const lanes = Array.from({ length: random(LANE_LETTERS.length + 1) }, () => ({
    name: one([...ALL_LANE_NAMES, 'wee-guard', 'dlmalloc-rs-guard', 'wee-noclasses-repaired-guard']),
    memory: {
      ...(random(2) === 0 ? { base: one([2048, 5632, 65_536, 0xffff_fff0]) } : {}),
      ...(random(2) === 0 ? { initial: one([1, 32, 65_536]) } : {}),
      ...(random(2) === 0 ? { max: one([1, 25, 65_536]) } : {}),
    },
    fill: random(3) === 0,
    policy: random(4) === 0 ? 1 + random(9999) : 1,
  }));
  const lane = () => random(lanes.length);
  const page = () => one([0, 45, 65_535, random(65_536)]);
  const selection = (): ShareSelection =>
    random(2) === 0
      ? { kind: 'page', lane: lane(), page: page() }
      : { kind: 'block', lane: lane(), operation: Math.max(1, position()) };
  const difference = (): ShareView => {
    const from = lane();
    return { kind: 'difference', from, to: (from + 1 + random(lanes.length - 1)) % lanes.length };
  };
  return {
    source: random(4) === 0 ? { kind: 'gallery', id: one(['sawtooth', 'overflow', 'x1-y2']) } : randomScript(random),
    lanes,
    position: maybe(position, null),
    selection: lanes.length > 0 ? maybe(selection, null) : null,
    focus: lanes.length > 0 ? maybe(lane, 0) : 0,
    colour: one(COLOURS),
    order: one(ORDERS),
    view: lanes.length > 1 && random(2) === 0 ? difference() : { kind: one(['compare', 'alone']) },
    zoom: one(ZOOMS),
    firstPage: maybe(page, 0),
    panels: PANELS.filter(() => random(2) === 0),
    theme: maybe(() => one(THEMES), null),
  };
}

function randomScript(random: (n: number) => number): ShareState['source'] {
  let text = '';
  for (let lines = random(12); lines > 0; lines--) {
    text += LINES[random(LINES.length)]!;
    if (random(3) === 0) text += String.fromCodePoint(random(2) === 0 ? random(0xd800) : 0xe000 + random(0x100000));
    if (random(8) > 0) text += '\n';
  }
  return { kind: 'script', text };
}
