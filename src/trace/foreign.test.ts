import { describe, expect, test } from 'vitest';
import { anomalyLinesOf, operationLinesOf, scenarioOf } from './testing.ts';

async function outcome(text: string) {
  const scenario = await scenarioOf(text);
  expect(scenario.findings).toEqual([]);
  expect(scenario.misuseAt.length).toBe(0);
  expect(scenario.blocks.listed).toBeUndefined();
  return {
    format: scenario.format,
    operations: operationLinesOf(scenario),
    anomalies: anomalyLinesOf(scenario),
    details: scenario.anomalies.map(({ detail }) => detail),
  };
}

describe('.rep', () => {
  test('ids may come in any order and again; blocks are numbered by birth; `f -1` is a free of null', async () => {
    const { format, operations, anomalies } = await outcome('9\n2\n6\n1\na 7 16\na 2 8\nf 7\na 7 4\nf -1\nr 2 9\n');
    expect(format).toBe('rep');
    expect(operations).toEqual(['a 0 16', 'a 1 8', 'f 0 < 1', 'a 2 4', 'r 1 9 < 2']);
    expect(anomalies).toEqual([]);
  });

  test('a free that matches no live block reaches nothing, a realloc of one allocates', async () => {
    const { operations, anomalies } = await outcome('0\n1\n5\n1\na 0 8\nf 0\nf 0\nf 4\nr 0 16\n');
    expect(operations).toEqual(['a 0 8', 'f 0 < 1', 'a 1 16']);
    expect(anomalies).toEqual(['free-of-unknown-id 7 2', 'free-of-unknown-id 8 2', 'realloc-of-unknown-id 9 2']);
  });

  test('the letters of the operation list are not those of .rep', async () => {
    const { operations, anomalies } = await outcome('0\n1\n1\n1\na 0 8\nz 1 8\na 1 8 16\ns\nx\nw 0 0 4\n# no\n5\n');
    expect(operations).toEqual(['a 0 8']);
    expect(anomalies).toEqual([6, 7, 8, 9, 10, 11, 12].map((line) => `unknown-line ${line} 1`));
  });

  test('fewer operations than the head says is a file that was cut', async () => {
    const { anomalies, details } = await outcome('0\n1\n3\n1\na 0 8\nf 0\n');
    expect(anomalies).toEqual(['truncated 6 2']);
    expect(details).toEqual(['the head says 3 operations, the file has 2']);
    expect((await outcome('0\n1\n3\n1\na 0 8\nf 0\nf')).anomalies).toEqual(['truncated 7 2']);
    expect((await outcome('0\n1\n3\n1\na 0 8\nf 0')).anomalies).toEqual(['truncated 6 2']);
  });
});

describe('mtrace', () => {
  test('a caller may hold blanks and signs, or be missing', async () => {
    const { format, operations, anomalies } = await outcome(
      '= Start\n@ ./a + b - c:(f+0x1)[0x2] + 0xA0 0x10\n+ 0xb0 0\n@ x < 0xa0\n@ x > 0xa0 0x20\n- 0xb0\n@ y - 0xa0\n= End\n',
    );
    expect(format).toBe('mtrace');
    expect(operations).toEqual(['a 0 16', 'a 1 0', 'r 0 32 < 1', 'f 1 < 2', 'f 0 < 3']);
    expect(anomalies).toEqual([]);
  });

  test('addresses are exact to 64 bits', async () => {
    const { operations, anomalies } = await outcome(
      '= Start\n+ 0xffffffffffffffff 0x1\n+ 0xfffffffffffffffe 0x2\n- 0xffffffffffffffff\n- 0xfffffffffffffffe\n- 0xfffffffffffffffd\n- 0x10000000000000000\n',
    );
    expect(operations).toEqual(['a 0 1', 'a 1 2', 'f 0 < 1', 'f 1 < 2']);
    expect(anomalies).toEqual(['free-of-unknown-address 6 4', 'unknown-line 7 4']);
  });

  test('a free of null is nothing, a failed request is named, a failed realloc keeps the block', async () => {
    const { operations, anomalies } = await outcome(
      '= Start\n@ p + 0x10 0x8\n@ p - (nil)\n@ p - 0x0\n@ p + (nil) 0xffffffff\n@ p ! 0x10 0xffffffff\n@ p - 0x10\n',
    );
    expect(operations).toEqual(['a 0 8', 'f 0 < 1']);
    expect(anomalies).toEqual(['failed-request 5 1', 'failed-request 6 1']);
  });

  test('halves of a realloc without the other', async () => {
    const { operations, anomalies } = await outcome(
      '= Start\n@ p + 0x10 0x8\n@ p < 0x10\n@ p + 0x20 0x8\n@ p > 0x30 0x9\n@ p - 0x10\n@ p < 0x20\n',
    );
    expect(operations).toEqual(['a 0 8', 'a 1 8', 'a 2 9', 'f 0 < 1']);
    expect(anomalies).toEqual(['unknown-line 3 1', 'realloc-of-unknown-address 5 2', 'unknown-line 7 4']);
  });

  test('a size that 32 bits cannot say is an anomaly', async () => {
    const { operations, anomalies } = await outcome('= Start\n+ 0x10 0xffffffff\n+ 0x20 0x100000000\n');
    expect(operations).toEqual(['a 0 4294967295']);
    expect(anomalies).toEqual(['unknown-line 3 1']);
  });
});

describe('valgrind', () => {
  const lines = (...calls: string[]) => `==7== Memcheck\n${calls.map((call) => `--7-- ${call}\n`).join('')}`;

  test('every function that allocates, resizes or frees is known', async () => {
    const { format, operations, anomalies } = await outcome(
      lines(
        'malloc(1) = 0x10',
        'calloc(2,3) = 0x20',
        '_Znwm(4) = 0x30',
        '_ZnajRKSt9nothrow_t(5) = 0x40',
        'memalign(al 24, size 6) = 0x60',
        '_ZnamSt11align_val_tRKSt9nothrow_t(size 7, al 128) = 0x80',
        'malloc_zone_calloc(0xABC, 2,4) = 0x90',
        'zone_memalign(0xABC, al 8, size 9) = 0xA0',
        'reallocarray(0x10,5,2) = 0xB0',
        'realloc(0x0,11) = 0xC0',
        'malloc_zone_realloc(0xABC,0xC0,12) = 0xC0',
        'malloc_usable_size(0xC0) = 12',
        '__builtin_vec_delete(0x20)',
        '_ZdlPvm(0x30)',
        '_ZdaPvSt11align_val_t(0x80)',
        'malloc_zone_free(0xABC, 0xA0)',
        'cfree(0x40)',
        'realloc(0x60,0) = 0x0',
      ),
    );
    expect(format).toBe('valgrind');
    expect(operations).toEqual([
      'a 0 1',
      'z 1 6',
      'a 2 4',
      'a 3 5',
      'a 4 6 align 32',
      'a 5 7 align 128',
      'z 6 8',
      'a 7 9 align 8',
      'r 0 10 < 1',
      'a 8 11',
      'r 8 12 < 10',
      'f 1 < 2',
      'f 2 < 3',
      'f 5 align 128 < 6',
      'f 7 align 8 < 8',
      'f 3 < 4',
      'f 4 align 32 < 5',
    ]);
    expect(anomalies).toEqual([]);
  });

  test('a call in another’s line does the other’s work', async () => {
    const { operations, anomalies } = await outcome(
      lines('realloc(0x0,16)malloc(16) = 0x10', 'realloc(0x10,0)free(0x10)', ' = 0', 'free(0x0)'),
    );
    expect(operations).toEqual(['a 0 16', 'f 0 < 1']);
    expect(anomalies).toEqual([]);
  });

  test('a result may come on a later line, after what went wrong', async () => {
    const { operations, anomalies } = await outcome(
      lines(
        'malloc(8) = 0x10',
        'realloc(0x10,24)Warning: something',
        ' = 0x40',
        'free(0x40)',
        'realloc(0x99,4)Invalid free()',
      ).concat('==7==    at 0x4841C8F: realloc\n--7--  = 0x0\n'),
    );
    expect(operations).toEqual(['a 0 8', 'r 0 24 < 1', 'f 0 < 2']);
    expect(anomalies).toEqual(['failed-request 6 3']);
  });

  test('calls that failed or keep their address to themselves are named and left out', async () => {
    const { operations, anomalies } = await outcome(
      lines(
        'calloc(9223372036854775807,18446744073709551615)malloc(8) = 0x10',
        'malloc(18446744073709551615) = 0x0',
        'posix_memalign(al 64, size 100)',
        'aligned_alloc(al 64, size 100)malloc(9) = 0x20',
        'malloc(4294967296) = 0x30',
        'calloc(0,18446744073709551615) = 0x40',
        'new_kind_of_alloc(5) = 0x50',
      ),
    );
    expect(operations).toEqual(['a 0 8', 'a 1 9', 'z 2 0']);
    expect(anomalies).toEqual([
      'failed-request 2 0',
      'failed-request 3 1',
      'unknown-line 4 1',
      'unknown-line 5 1',
      'unknown-line 6 2',
      'unknown-line 8 3',
    ]);
  });

  test('the first process that makes a call is replayed, others are named; remarks are none', async () => {
    const { operations, anomalies, details } = await outcome(
      '==1== Memcheck\n--1-- REDIR: 0x40 (ld.so:strlen) redirected to 0x58 (x)\n--2-- malloc(8) = 0x10\n--3-- free(0x10)\n==3== bye\n**2** note\n--00:00:01.5 2-- free(0x10)\n',
    );
    expect(operations).toEqual(['a 0 8', 'f 0 < 1']);
    expect(anomalies).toEqual(['unknown-line 4 1']);
    expect(details).toEqual(['process 3, while the recording is of process 2; left out']);
  });
});

describe('wee_alloc', () => {
  test('an index counts the `Alloc` lines from 0, those that could not be taken too', async () => {
    const { format, operations, anomalies } = await outcome('Alloc(4294967296),\nAlloc(5),\n  Free(1)\nFree(0),\n');
    expect(format).toBe('wee-trace');
    expect(operations).toEqual(['a 0 5', 'f 0 < 1']);
    expect(anomalies).toEqual(['unknown-line 1 0', 'free-of-unknown-id 4 2']);
  });

  test('a block is freed once; an index from the future is none', async () => {
    const { operations, anomalies } = await outcome('Free(0),\nAlloc(8),\nFree(0),\nFree(0),\nFree(-1),\n');
    expect(operations).toEqual(['a 0 8', 'f 0 < 1']);
    expect(anomalies).toEqual(['free-of-unknown-id 1 0', 'free-of-unknown-id 4 2', 'unknown-line 5 2']);
  });
});
