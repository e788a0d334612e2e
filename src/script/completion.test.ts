import { expect, test } from 'vitest';
import { completionsAt } from './completion.ts';

const TEXT = 'arena frame\nlet n = 4\na = alloc 8\nrepeat 3 as i { user[i] = alloc 8 }\nmark "full"\n';

/** Labels offered at the `|` of a line below a script that defines a block, a group, a number, an arena and a mark. */
function at(line: string, text = TEXT) {
  const whole = text + line;
  const position = whole.indexOf('|');
  const { from, options } = completionsAt(whole.replace('|', ''), position);
  return { labels: options.map(({ label }) => label), typed: whole.slice(from, position), options };
}

test.each([
  ['|', ['alloc', 'repeat', 'expect', 'a', 'user'], ['seed', 'else', 'n']],
  ['fr|', ['free'], ['of']],
  ['b = |', ['alloc'], ['free']],
  ['b = alloc |', ['one of', 'n', 'size'], ['a', 'KiB']],
  ['b = alloc 4 |', ['KiB', 'pages', 'align', 'zeroed', 'free after', 'in', 'mod'], ['keep', 'mostly small']],
  ['alloc 1..9 |', ['mostly small', 'free after'], ['one of']],
  ['alloc 1..9 mostly |', ['small'], ['align']],
  ['alloc 9 free |', ['after'], ['a']],
  ['alloc 9 free after 1..60 |', ['keep', 'ops'], ['free after']],
  ['alloc 9 align |', ['n'], ['align']],
  ['alloc 9 zeroed |', ['align', 'free after'], ['zeroed']],
  ['alloc 9 in |', ['frame'], ['a', 'n']],
  ['alloc one |', ['of'], ['a']],
  ['free |', ['all', 'oldest', 'random', 'a', 'user', 'frame'], ['n', 'to']],
  ['free a, |', ['all', 'user'], ['at']],
  ['free a,\n  |', ['all', 'user'], ['alloc']],
  ['free oldest 5 |', ['of'], ['a']],
  ['free random 50% of |', ['all', 'user'], ['frame', 'oldest']],
  ['free every |', ['2nd of'], ['a']],
  ['realloc a |', ['to'], ['at']],
  ['realloc a to |', ['n', 'one of'], ['a']],
  ['write a |', ['with', 'at'], ['to']],
  ['reset |', ['frame'], ['a']],
  ['repeat n |', ['as'], ['KiB']],
  ['for k |', ['in'], ['n']],
  ['for k in 0..9 |', ['step'], ['and']],
  ['if |', ['chance', 'not', 'count', 'n'], ['a']],
  ['if n > 3 |', ['and', 'or', 'mod'], ['chance']],
  ['if n > 3 { alloc 8 } |', ['else'], ['and']],
  ['repeat 3 { alloc 8 } |', ['alloc'], ['else']],
  ['if count(|', ['all', 'user'], ['n']],
  ['if size(|', ['a'], ['n']],
  ['user[|', ['n'], ['a']],
  ['expect |', ['pages', 'verdict', 'live', 'lost'], ['alloc']],
  ['expect pages |', ['grew', 'fell', 'unchanged'], ['for']],
  ['expect pages grew |', ['since'], ['for']],
  ['expect live == 3 |', ['KiB', 'for', 'at'], ['grew']],
  ['expect live == 3 for |', ['wee', 'dlmalloc', 'wee-repaired'], ['at']],
  ['expect live == 3 at "|', ['full'], ['leak']],
  ['expect verdict == "|', ['leak', 'past peak'], ['full']],
])('%j offers what can stand there, and nothing else', (line, wanted, unwanted) => {
  const { labels } = at(line);
  expect(labels).toEqual(expect.arrayContaining(wanted));
  expect(labels.filter((label) => unwanted.includes(label))).toEqual([]);
  expect(new Set(labels).size).toBe(labels.length);
});

test('the lines of the top are offered at the top only', () => {
  expect(at('|', '').labels).toContain('seed');
  expect(at('me|', 'note "first"\nseed 3\n# on\n').labels).toContain('memory');
  expect(at('|', 'alloc 8\n').labels).not.toContain('seed');
  expect(at('memory |', '').labels).toEqual(['base', 'initial', 'max']);
  expect(at('memory max 4 |', '').labels).toEqual(expect.arrayContaining(['pages', 'base', 'initial']));
});

test('an option replaces what of it is written, hyphens of a lane included', () => {
  expect(at('expect live == 3 for wee-re|').typed).toBe('wee-re');
  expect(at('expect live == 3 at "fu|').typed).toBe('fu');
  expect(at('fre|').typed).toBe('fre');
});

test('nothing is offered in comments, captions and the middle of a number', () => {
  for (const line of ['# fr|', 'alloc 8 # fr|', 'note "fr|', 'alloc 4|', 'alloc 4k|', 'alloc 0x4|', 'seed |']) {
    expect(at(line).labels, line).toEqual([]);
  }
});

test('a name is not offered because of the very letters that are being typed', () => {
  expect(at('let abc|', '').labels).toEqual([]);
});

test('a mark with quotes in it is put in as a text has to spell it', () => {
  const { options } = at('expect live == 0 at "|', 'mark "a \\"b\\""\n');
  expect(options).toContainEqual({ label: 'a "b"', kind: 'text', detail: 'mark', apply: 'a \\"b\\"' });
});

test('any position of any text has an answer', () => {
  const text = `${TEXT}if n { } else if free , , "x\nexpect holes(1.. ) for - at { } } ; 4kb = [ ( alloc`;
  for (let position = 0; position <= text.length; position++) {
    const { from } = completionsAt(text, position);
    expect(from <= position, `at ${position}`).toBe(true);
  }
});
