import { expect, test } from 'vitest';
import { defaultState, plainLane } from './defaults-1.ts';
import { DICTIONARY_1 } from './dictionary-1.ts';
import { writeLink } from './hash.ts';

/** Small scenarios as people write them; none of them is in the dictionary. */
const TYPICAL: readonly string[] = [
  `# A cache with eviction
seed 3
repeat 2000 as i {
  entry[] = alloc 64..8k mostly small
  if count(entry) > 300 { free random 1 of entry }
}
mark "warm"
free every 3rd of entry
mark "thinned"
repeat 200 { alloc 6 KiB free after 50 }
expect pages <= 40 for dlmalloc
`,
  `x = alloc 100
y = alloc 200
z = alloc 300
free y
w = alloc 150
free x, z
free w
`,
  `memory max 16 pages
let size = 32
repeat 12 {
  buf[] = alloc size * 1 KiB
  let size = size + 8
}
expect failures > 0
free buf
alloc 700k
`,
  `# Compiler: each function is a scope
repeat 40 as fn {
  scope {
    repeat 50 { node[] = alloc one of 60% 32, 30% 48, 10% 256 }
    repeat 10 { alloc 1k..4k }
  }
  sym[fn] = alloc 96
  mark "function done"
}
expect blocks == 40
`,
  `# Strings that grow
repeat 60 as i {
  s[i] = alloc 16
}
for bytes in 32..512 step 32 {
  repeat 60 as i { realloc s[i] to bytes }
  mark "grown"
}
free random 30% of s
repeat 100 { alloc 500 }
`,
  `a = alloc 40 zeroed
b = alloc 40
write a 48 with "overflow"
read b
free b
free a
free a
c = alloc 40
expect misuses == 2
`,
];

/** The gallery's chat server as somebody else would have written it: other names, figures and captions throughout. */
const OTHER_CHAT = `# People come and go, and what they say goes sooner
seed 12

mark "open"
repeat 2800 as k {
  client[k] = alloc 350..2k
  nick[k] = alloc 12..90
}
mark "talk"
repeat 3500 {
  alloc 30..750 free after 1..45 keep 1 in 9
}
mark "evening"
free random 40% of client

mark "back again"
repeat 1100 {
  client[] = alloc 500..4k
}
mark "pictures"
repeat 1200 as k {
  picture[k] = alloc 3k..16k
  if k >= 180 { free picture[k - 180] }
}
mark "closing"
free picture, random 75% of client
expect blocks == 4100
expect pages <= 190 for dlmalloc
`;

/** The gallery's chat server starts with this line in the dictionary, and ends before the next scenario. */
const CHAT = DICTIONARY_1.slice(
  DICTIONARY_1.indexOf('# Sessions outlive messages'),
  DICTIONARY_1.indexOf("# 20 bytes too many land on the neighbour's header"),
);

function hashLength(text: string, lanes: readonly string[], position: number): number {
  const state = { ...defaultState({ kind: 'script', text }), lanes: lanes.map(plainLane), position };
  const written = writeLink(state);
  if (written.kind !== 'link') throw new Error(written.kind);
  return written.hash.length;
}

test.each(TYPICAL)(
  'a typical small scenario makes a hash of at most 200 characters, lanes and position included',
  (text) => {
    expect(hashLength(text, ['wee-repaired', 'dlmalloc', 'pool'], 214)).toBeLessThanOrEqual(200);
  },
);

test('the chat server as a text on three lanes makes a hash of at most 400 characters', () => {
  expect(CHAT).toMatch(/^# Sessions[\s\S]*expect pages <= 160 for dlmalloc\n$/);
  expect(hashLength(CHAT, ['wee-repaired', 'dlmalloc', 'pool'], 14_631)).toBeLessThanOrEqual(400);
});

test('a chat server in other words, which the dictionary does not hold, stays within 400 characters too', () => {
  expect(hashLength(OTHER_CHAT, ['wee-repaired', 'dlmalloc', 'pool'], 14_631)).toBeLessThanOrEqual(400);
});
