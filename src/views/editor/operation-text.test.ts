import { expect, test } from 'vitest';
import { OperationsBuilder, OpFlag, OpKind } from '../../model/operations.ts';
import type { BlockNames } from '../../model/scenario.ts';
import { operationText } from './operation-text.ts';

/** Block 0 is `a`, block 1 `file[208]`, block 2 has no name. */
const BLOCKS: BlockNames = {
  count: 3,
  names: ['a', 'file'],
  name: Uint32Array.of(1, 2, 0),
  index: Float64Array.of(0, 209, 0),
};
const FILLS = {
  bytes: new Uint8Array([...'Eve."'].map((sign) => sign.charCodeAt(0)).concat([0x41, 0xff])),
  start: Uint32Array.of(0, 5, 6, 7),
};

function say(push: (builder: OperationsBuilder) => number) {
  const builder = new OperationsBuilder();
  const number = push(builder);
  return operationText(builder.finish(), number, BLOCKS, FILLS);
}

test('an alloc is said as the script says it, with grouped digits', () => {
  expect(say((b) => b.push(OpKind.Alloc, 1, 5434, 23))).toEqual({ code: 'file[208] = alloc 5\u202f434', note: '' });
});

test('a block without a name is said by its number', () => {
  expect(say((b) => b.push(OpKind.Alloc, 2, 8, 1)).code).toBe('block 2 = alloc 8');
});

test('alignment and zeroing are said', () => {
  const { code } = say((b) => b.push(OpKind.Alloc, 0, 64, 1, 0, OpFlag.Zeroed, 4096));
  expect(code).toBe('a = alloc 64 align 4\u202f096 zeroed');
});

test('a chunk of an arena is no block of the program and gets no name', () => {
  const { code, note } = say((b) => b.push(OpKind.Alloc, 2, 65472, 1, 0, OpFlag.Chunk | OpFlag.ByArena));
  expect(code).toBe('alloc 65\u202f472');
  expect(note).toContain('chunk');
});

test.each([
  ['by its lifetime', OpFlag.ByLifetime, 0, 'free a', 'lifetime'],
  ['at a scope end', OpFlag.ByScope, 0, 'free a', 'scope ends'],
  ['a second time', OpFlag.Misuse, 0, 'free a', 'dead already'],
  ['at an inner address', OpFlag.Misuse, 8, 'free a at 8', '8 bytes inside'],
  ['at an address before the block', OpFlag.Misuse, -4, 'free a at −4', '4 bytes before'],
  ['for an arena', OpFlag.ByArena | OpFlag.Chunk, 0, 'free a', 'gives a chunk back'],
  ['by the script', 0, 0, 'free a', ''],
] as const)('a free %s says so', (_, flags, offset, code, note) => {
  const said = say((b) => {
    b.push(OpKind.Alloc, 0, 16, 1);
    return b.push(OpKind.Free, 0, 0, 2, 1, flags, 0, offset);
  });
  expect(said.code).toBe(code);
  if (note === '') expect(said.note).toBe('');
  else expect(said.note).toContain(note);
});

test.each([
  ['past the end', 20, 0, '4 bytes past the end of a block of 16'],
  ['before the start', 4, -4, 'starts 4 bytes before'],
  ['of a dead block', 4, 0, 'dead'],
] as const)('a misused write %s is told from the others by its range', (_, length, offset, note) => {
  const said = say((b) => {
    b.push(OpKind.Alloc, 0, 16, 1);
    return b.push(OpKind.Write, 0, length, 2, 1, OpFlag.Misuse, 0, offset, 1);
  });
  expect(said.note).toContain(note);
});

test('a write says its fill: a text in quotes, one other byte in hex', () => {
  const write = (fill: number) => (b: OperationsBuilder) => b.push(OpKind.Write, 0, 5, 1, 0, 0, 0, 2, fill);
  expect(say(write(0)).code).toBe('write a 5 at 2 with "Eve.\\""');
  expect(say(write(1)).code).toBe('write a 5 at 2 with "A"');
  expect(say(write(2)).code).toBe('write a 5 at 2 with 0xff');
});

test('every kind of operation is said in some words', () => {
  for (const kind of Object.values(OpKind)) {
    const { code } = say((b) => b.push(kind, 0, 8, 1));
    expect(code, `kind ${kind}`).not.toBe('');
  }
});
