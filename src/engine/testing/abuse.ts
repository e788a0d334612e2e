import { ALL_LANE_NAMES } from '../../model/lanes.ts';

/**
 * What programs do to heaps, after the security programs of mimalloc-bench, as scenarios. The allocators are those that people
 * ship, and check nothing that those do not: the verdicts say what comes of it, the recorder is what must see it.
 */
export interface Abuse {
  readonly name: string;
  readonly script: string;
  /** The finding that the recorder makes of it; null where a program may do this. */
  readonly finding: string | null;
  /** A letter for each of `ABUSED_LANES`. */
  readonly verdicts: string;
}

/** What became of a lane, by the letters of `Abuse.verdicts`. */
export const VERDICTS = {
  '-': 'went on, and its heap is sound',
  c: 'went on with a heap that breaks a rule of its layout',
  o: 'went on, and gave one address to two owners',
  t: 'trapped',
  l: 'stopped in a list that leads back to itself',
} as const;

/** Every lane that there is, in the order of the letters. */
export const ABUSED_LANES = ALL_LANE_NAMES;

const SMALL = 'a = alloc 24; b = alloc 24; c = alloc 24';
const LARGE = 'a = alloc 100k; b = alloc 100k; c = alloc 100k';
const AFTER = 'free b; free a; d = alloc 24; e = alloc 40; f = alloc 100k';

function beyond(name: string, blocks: string, size: string, write: string, finding: string, verdicts: string): Abuse {
  return { name, script: `${blocks}\nwrite b ${write.replace('SIZE', size)} with 0xff\n${AFTER}`, finding, verdicts };
}

function misuse(name: string, finding: string | null, script: string, verdicts: string): Abuse {
  return { name, script, finding, verdicts };
}

export const ABUSES: readonly Abuse[] = [
  beyond('one byte past a small block', SMALL, '24', '25', 'F504', 'tttt------'),
  beyond('one byte past a large block', LARGE, '', '102401', 'F504', 'cccc------'),
  beyond('32 bytes past a small block', SMALL, '', '56', 'F504', 'ttttc--cct'),
  beyond('32 bytes past a large block', LARGE, '', '102432', 'F504', 'ttttc--cct'),
  beyond('a megabyte past a small block', SMALL, '', '1048600', 'F504', 'tttttttttt'),
  beyond('a megabyte past a large block', LARGE, '', '1150976', 'F504', 'tttttttttt'),
  beyond('one byte before a small block', SMALL, '', '1 at -1', 'F505', 'ccttt--ttt'),
  beyond('one byte before a large block', LARGE, '', '1 at -1', 'F505', 'ttttt--ttt'),
  beyond('32 bytes before a small block', SMALL, '', '32 at -32', 'F505', 'ccttc--cct'),
  beyond('32 bytes before a large block', LARGE, '', '32 at -32', 'F505', 'ttttc--cct'),
  beyond('a megabyte before a small block', SMALL, '', '1048576 at -1048576', 'F505', 'tttttttttt'),
  beyond('a megabyte before a large block', LARGE, '', '1048576 at -1048576', 'F505', 'tttttttttt'),
  misuse('a small block freed twice', 'F501', `${SMALL}; free b; free b; d = alloc 24; e = alloc 24`, 'cccc--c-ct'),
  misuse('a large block freed twice', 'F501', `${LARGE}; free b; free b; d = alloc 100k; e = alloc 100k`, 'tttt----ct'),
  misuse(
    'a small block freed twice, other work between',
    'F501',
    `${SMALL}; free b; d = alloc 500; free d; free b; e = alloc 24; f = alloc 24`,
    'cc-c--c-ct',
  ),
  misuse(
    'a large block freed twice, other work between',
    'F501',
    `${LARGE}; free b; d = alloc 500; free d; free b; e = alloc 100k; f = alloc 100k`,
    'tttt----ct',
  ),
  misuse(
    'a small block freed twice, another between',
    'F501',
    `${SMALL}; free a; free b; free a; d = alloc 24; e = alloc 24; f = alloc 24`,
    'cctt--c-ct',
  ),
  misuse(
    'a large block freed twice, another between',
    'F501',
    `${LARGE}; free a; free b; free a; d = alloc 100k; e = alloc 100k; f = alloc 100k`,
    'tttt----ct',
  ),
  misuse(
    'a small block freed twice, its place in use again',
    'F501',
    `${SMALL}; free b; d = alloc 24; free b; e = alloc 24`,
    'ooooo-oooo',
  ),
  misuse(
    'a large block freed twice, its place in use again',
    'F501',
    `${LARGE}; free b; d = alloc 100k; free b; e = alloc 100k`,
    'totoo-ooot',
  ),
  misuse(
    'a single block freed twice, then a smaller one',
    'F501',
    'a = alloc 64; free a; free a; b = alloc 32; c = alloc 64',
    'cctt--c-ct',
  ),
  misuse('a free inside a small block', 'F506', `${SMALL}; free b at 8; d = alloc 24; e = alloc 24`, 'tt----o-ct'),
  misuse('a free inside a large block', 'F506', `${LARGE}; free b at 16; d = alloc 24; e = alloc 100k`, '------o-ct'),
  misuse(
    'a free inside a small block, three times',
    'F506',
    `${SMALL}; free a at 4; free b at 12; free c at 16; d = alloc 24; e = alloc 24`,
    'ttcc--c-tt',
  ),
  misuse(
    'a free inside a large block, at an odd address',
    'F506',
    `${LARGE}; free b at 4099; d = alloc 24; e = alloc 100k`,
    '------o-ct',
  ),
  misuse('a free of an address far outside', 'F506', `${SMALL}; free b at 3 GiB; d = alloc 24`, 'tttttttttt'),
  misuse('a free of static data', 'F506', `${SMALL}; free a at -60000; d = alloc 24`, 'tt----c-c-'),
  misuse('a free of the end of a block', 'F506', `${SMALL}; free b at 24; d = alloc 24`, 'ttcc--o-ct'),
  misuse(
    'a write to a small block that was freed',
    'F503',
    `${SMALL}; free b; write b with 0xff; d = alloc 24; e = alloc 24`,
    'ttttt-tttt',
  ),
  misuse(
    'a write to a large block that was freed',
    'F503',
    `${LARGE}; free b; write b with 0xff; d = alloc 100k; e = alloc 100k`,
    '----t--ttc',
  ),
  misuse(
    'a write to a small block whose place is in use again',
    'F503',
    `${SMALL}; free b; d = alloc 24; write b with 0xff; free d; e = alloc 24`,
    '----------',
  ),
  misuse(
    'a write to a large block whose place is in use again',
    'F503',
    `${LARGE}; free b; d = alloc 100k; write b with 0xff; free d; e = alloc 100k`,
    '---------c',
  ),
  misuse('a read of a block that was freed', 'F503', `${SMALL}; free b; read b; d = alloc 24`, '----------'),
  misuse(
    'a small block resized after its free',
    'F508',
    `${SMALL}; free b; realloc b to 40; d = alloc 24; e = alloc 24`,
    'cc-c--c-ct',
  ),
  misuse(
    'a large block resized after its free',
    'F508',
    `${LARGE}; free b; realloc b to 200k; d = alloc 100k; e = alloc 100k`,
    'tttt----ct',
  ),
  misuse('a read of a block of no bytes', 'F504', 'a = alloc 0; b = alloc 24; read a 1; c = alloc 24', '----------'),
  misuse(
    'a write to a block of no bytes',
    'F504',
    'a = alloc 0; b = alloc 24; write a 32 with 0xff; free b; c = alloc 24; d = alloc 40',
    'ttttc--cct',
  ),
  misuse(
    'a read of a block of no bytes that was freed',
    'F503',
    'a = alloc 0; b = alloc 24; free a; read a 1; c = alloc 24',
    '----------',
  ),
  misuse(
    'a write to a block of no bytes that was freed',
    'F503',
    'a = alloc 0; b = alloc 24; free a; write a 32 with 0xff; c = alloc 0; d = alloc 24; free b',
    'ccttt-cttt',
  ),
  misuse(
    'a request for more than there can be',
    null,
    `${SMALL}; d = alloc 4294967295; e = alloc 4294901760; free b; f = alloc 24`,
    '----------',
  ),
  misuse(
    'a request for most of what there can be, then resized to more',
    null,
    `${SMALL}; d = alloc 3 GiB; realloc b to 4294967295; f = alloc 24`,
    '----------',
  ),
  misuse(
    'bytes of an old block in a new one',
    null,
    `${SMALL}; write b with 0xff; free b; d = alloc 24; free a; free c; free d; e = alloc 72`,
    '----------',
  ),
];
