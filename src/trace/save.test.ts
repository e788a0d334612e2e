import { describe, expect, test } from 'vitest';
import { OperationsBuilder, OpFlag, OpKind } from '../model/operations.ts';
import type { Scenario } from '../model/scenario.ts';
import { bareScenario } from '../model/testing.ts';
import { type Saved, saveOperations, saveRep } from './save.ts';
import { dice, operationLinesOf, scenarioOf } from './testing.ts';

const textOf = ({ chunks }: Saved) => [...chunks].join('');
const bodyOf = (saved: Saved) => textOf(saved).split('\n').slice(1, -1);

/** A scenario as a script makes it: operations and fills given, all else empty. */
function scripted(
  operations: OperationsBuilder,
  blocks: number,
  fills: string[],
  more: Partial<Scenario> = {},
): Scenario {
  const bytes = fills.map((text) => new TextEncoder().encode(text));
  const start = [0];
  for (const fill of bytes) start.push(start.at(-1)! + fill.length);
  return bareScenario(operations.finish(), {
    fills: { bytes: Uint8Array.from(bytes.flatMap((fill) => [...fill])), start: Uint32Array.from(start) },
    blocks: { count: blocks, names: [], name: new Uint32Array(blocks), index: new Float64Array(blocks) },
    ...more,
  });
}

describe('the operation list', () => {
  test('each operation has its line, marks stand where they were', async () => {
    const list = [
      'a 0 100',
      'z 1 64 32',
      'm two blocks',
      'w 0 0 100',
      'w 1 -3 4 255',
      's',
      'r 0 200',
      'f 0',
      'x',
      'm  end ',
      'f 1',
      'm',
    ];
    const saved = saveOperations(await scenarioOf(list.join('\n')));
    expect(bodyOf(saved)).toEqual([...list.slice(0, -1), 'm ']);
    expect(saved.leftOut).toEqual([]);
    expect(textOf(saved).split('\n')[0]).toBe('# Saved by Heapscape: 9 operations');
  });

  test('ids are those of the list it was read from, also where one is used again', async () => {
    const list = ['a 70 8', 'f 70', 'a 70 16', 'a 3 4', 'w 70 0 4', 'f 70', 'f 70'];
    const scenario = await scenarioOf(list.join('\n'));
    expect(bodyOf(saveOperations(scenario))).toEqual(list);
  });

  test('where an id named two live blocks at once, blocks have their own numbers', async () => {
    const scenario = await scenarioOf('a 70 8\ns\na 70 16\na 70 24\nf 70\nx\nw 70 0 1\n');
    const saved = bodyOf(saveOperations(scenario));
    expect(saved).toEqual(['a 0 8', 's', 'a 1 16', 'a 2 24', 'f 2', 'f 1', 'x', 'w 2 0 1 70']);
    const again = await scenarioOf(saved.join('\n'));
    expect(operationLinesOf(again)).toEqual(operationLinesOf(scenario));
    expect(again.anomalies).toEqual([]);
  });

  test('what reached no allocator is kept as a comment at its place', async () => {
    const scenario = await scenarioOf('= Start\n@ p + 0x10 0x8\n@ p - 0x20\nnonsense\n@ p - 0x10\n');
    expect(bodyOf(saveOperations(scenario))).toEqual([
      'a 0 8',
      '# line 3: free of 0x20, where no block is live',
      '# line 4: not understood: nonsense',
      'f 0',
    ]);
  });

  test('a comment parts frees by hand from a scope’s end, so that they stay what they were', async () => {
    const operations = new OperationsBuilder();
    const enter = operations.push(OpKind.Enter, 0, 0, 1);
    const first = operations.push(OpKind.Alloc, 0, 8, 2);
    const second = operations.push(OpKind.Alloc, 1, 8, 3);
    operations.push(OpKind.Free, 1, 0, 4, second);
    operations.push(OpKind.Free, 0, 0, 5, first, OpFlag.ByScope);
    operations.push(OpKind.Leave, 0, 0, 5, enter);
    const next = operations.push(OpKind.Enter, 1, 0, 6);
    const third = operations.push(OpKind.Alloc, 2, 8, 7);
    operations.push(OpKind.Free, 2, 0, 8, third);
    operations.push(OpKind.Leave, 1, 0, 9, next);
    const scenario = scripted(operations, 3, []);
    const saved = bodyOf(saveOperations(scenario));
    expect(saved).toEqual(['s', 'a 0 8', 'a 1 8', 'f 1', '#', 'f 0', 'x', 's', 'a 2 8', 'f 2', '#', 'x']);
    expect(operationLinesOf(await scenarioOf(saved.join('\n')))).toEqual(operationLinesOf(scenario));
  });

  test('what it cannot say is listed with its amount and left out', async () => {
    const operations = new OperationsBuilder();
    const chunk = operations.push(OpKind.Alloc, 0, 1024, 1, 0, OpFlag.Chunk | OpFlag.ByArena);
    const placed = operations.push(OpKind.Place, 1, 32, 1, 0, 0, 0, 0, chunk);
    operations.push(OpKind.Write, 1, 32, 2, placed, 0, 0, 0, 0);
    const moved = operations.push(OpKind.Move, 1, 64, 3, placed, 0, 0, 32, chunk);
    operations.push(OpKind.Drop, 1, 0, 4, moved);
    operations.push(OpKind.Rewind, 0, 0, 5);
    const block = operations.push(OpKind.Alloc, 2, 16, 6);
    operations.push(OpKind.Write, 2, 16, 7, block, 0, 0, 0, 0);
    operations.push(OpKind.Write, 2, 1, 7, block, 0, 0, 0, 0);
    operations.push(OpKind.Write, 2, 16, 7, block, 0, 0, 0, 1);
    operations.push(OpKind.Read, 2, 16, 8, block);
    operations.push(OpKind.Read, 2, 4, 8, block);
    operations.push(OpKind.Free, 2, 0, 9, block, OpFlag.Misuse, 0, 8);
    operations.push(OpKind.Free, 2, 0, 9, block);
    const station = { position: 1, text: 'x', line: 1 };
    const check = {
      line: 1,
      text: '',
      metric: { id: 'pages' },
      test: { kind: 'compare', comparison: '==', value: { kind: 'count', value: 1 } },
      lane: null,
      positions: [1],
      since: [],
    } as const;
    const scenario = scripted(operations, 3, ['b ', '\x02\x02\x02'], {
      notes: [station],
      pauses: [station, station],
      checks: [check, check, check],
      memory: { base: 4096, max: 9 },
    });
    const saved = saveOperations(scenario);
    expect(bodyOf(saved)).toEqual(['a 0 1024', 'a 2 16', 'w 2 0 16 98', 'w 2 0 1 98', 'w 2 0 16', 'f 2']);
    expect(saved.leftOut).toEqual([
      '5 operations inside the program’s own arenas',
      '2 reads',
      '1 free of an inner address',
      '1 fill of more than one value: the first byte is written all over',
      '1 note',
      '2 pauses',
      '3 checks',
      '2 memory settings',
    ]);
    expect(bodyOf(saveOperations(await scenarioOf(textOf(saved))))).toEqual(bodyOf(saved));
  });

  test('5,000,000 operations are saved in pieces of bounded size', async () => {
    const scenario = await scenarioOf('a 0 8\nf 0\n'.repeat(2_500_000));
    let length = 0;
    let longest = 0;
    for (const piece of saveOperations(scenario).chunks) {
      length += piece.length;
      longest = Math.max(longest, piece.length);
    }
    expect(length).toBe(2_500_000 * 10 + '# Saved by Heapscape: 5,000,000 operations\n'.length);
    expect(longest).toBeLessThan(70_000);
  });
});

describe('round trips', () => {
  /** A list of everything, right and wrong; mostly about few ids, so that they meet. */
  function randomList(seed: number): string {
    const roll = dice(seed);
    const ids = [0, 1, 2, 3, 300, 4294967295].slice(0, 2 + roll(5));
    const lines: string[] = [];
    for (let k = 5 + roll(80); k > 0; k--) {
      const id = ids[roll(ids.length)];
      const size = [0, 1, 8, 100, 4294967295][roll(5)];
      const line = [
        () => `a ${id} ${size}`,
        () => `a ${id} ${size} ${2 ** roll(13)}`,
        () => `z ${id} ${size}`,
        () => `f ${id}`,
        () => `f ${id}`,
        () => `f ${id}`,
        () => `r ${id} ${size}`,
        () => `w ${id} ${roll(30) - 10} ${roll(200)}`,
        () => `w ${id} ${roll(200)} ${roll(20)} ${roll(256)}`,
        () => 's',
        () => 's',
        () => 'x',
        () => 'x',
        () => 'x',
        () => `m mark ${roll(5)}`,
        () => '# comment',
        () => '',
        () => 'q',
      ][roll(18)]!;
      lines.push(line());
    }
    return `${lines.join('\n')}\na 9 8\nf 9\n`;
  }

  test('any list, saved and read again, asks for the same, and saved again is the same text but for its comments', async () => {
    for (let seed = 1; seed <= 3_000; seed++) {
      const list = randomList(seed);
      const scenario = await scenarioOf(list);
      const saved = saveOperations(scenario);
      const again = await scenarioOf(textOf(saved));
      const told = `seed ${seed}:\n${list}\n---\n${textOf(saved)}`;
      expect(operationLinesOf(again), told).toEqual(operationLinesOf(scenario));
      expect(again.misuseAt, told).toEqual(scenario.misuseAt);
      expect(
        again.findings.map(({ code, operation, block }) => [code, operation, block]),
        told,
      ).toEqual(scenario.findings.map(({ code, operation, block }) => [code, operation, block]));
      const stations = ({ marks }: Scenario) => marks.map(({ position, text }) => [position, text]);
      expect(stations(again), told).toEqual(stations(scenario));
      const plain = (lines: string[]) => lines.filter((line) => !line.startsWith('#'));
      expect(plain(bodyOf(saveOperations(again))), told).toEqual(plain(bodyOf(saved)));
      expect(saved.leftOut).toEqual([]);
    }
  });

  /** What a script can come to: scopes that free their blocks, lifetimes, misuse, arenas, reads, long fills. */
  function randomScenario(seed: number): Scenario {
    const roll = dice(seed);
    const operations = new OperationsBuilder();
    const fills = ['A', 'b b', '\x07\x07', '\0'];
    const scopes: { enter: number; number: number }[] = [];
    const blocks: { place: number; live: boolean; scope: number; size: number; align: number; placed: boolean }[] = [];
    const marks: { position: number; text: string; line: number }[] = [];
    let scopeCount = 0;
    const free = (id: number, flags: number) => {
      const block = blocks[id]!;
      operations.push(OpKind.Free, id, 0, 1, block.place, flags | (block.live ? 0 : OpFlag.Misuse), block.align);
      block.live = false;
    };
    const inner = () => scopes.at(-1)?.number ?? -1;
    for (let step = 10 + roll(60); step > 0; step--) {
      const id = roll(blocks.length + 1);
      const block = blocks[id];
      switch (roll(10)) {
        case 0:
          scopes.push({ enter: operations.push(OpKind.Enter, scopeCount, 0, 1), number: scopeCount++ });
          break;
        case 1: {
          const scope = scopes.pop();
          if (scope === undefined) break;
          for (let b = blocks.length - 1; b >= 0; b--) {
            if (!blocks[b]!.live || blocks[b]!.placed || blocks[b]!.scope !== scope.number) continue;
            free(b, OpFlag.ByScope);
          }
          operations.push(OpKind.Leave, scope.number, 0, 1, scope.enter);
          break;
        }
        case 2:
          marks.push({ position: operations.count, text: `mark ${step}`, line: 1 });
          break;
        case 3: {
          if (block === undefined || !block.placed) break;
          operations.push(OpKind.Write, id, 4, 1, block.place, 0, 0, 0, roll(4));
          break;
        }
        case 4:
        case 5: {
          if (block === undefined || block.placed) break;
          free(id, roll(2) === 0 ? OpFlag.ByLifetime : 0);
          break;
        }
        case 6: {
          if (block === undefined || block.placed) break;
          const flags = block.live ? 0 : OpFlag.Misuse;
          const size = roll(5_000);
          block.place = operations.push(OpKind.Realloc, id, size, 1, block.place, flags, block.align);
          Object.assign(block, { live: true, scope: inner(), size });
          break;
        }
        case 7: {
          if (block === undefined || block.placed) break;
          const offset = roll(40) - 10;
          const length = roll(60);
          const wrong = !block.live || (length > 0 && (offset < 0 || offset + length > block.size));
          const flags = wrong ? OpFlag.Misuse : 0;
          operations.push(OpKind.Write, id, length, 1, block.place, flags, block.align, offset, roll(4));
          operations.push(OpKind.Read, id, 4, 1, block.place, 0, block.align);
          break;
        }
        default: {
          const placed = roll(6) === 0;
          const align = placed || roll(3) > 0 ? 0 : 64;
          const size = roll(3_000);
          const flags = !placed && roll(4) === 0 ? OpFlag.Zeroed : 0;
          const place = operations.push(placed ? OpKind.Place : OpKind.Alloc, blocks.length, size, 1, 0, flags, align);
          blocks.push({ place, live: true, scope: inner(), size, align, placed });
        }
      }
    }
    return scripted(operations, blocks.length, fills, { marks });
  }

  test('a script’s scenario keeps allocs, frees, reallocs, writes, scopes and marks in their order', async () => {
    for (let seed = 1; seed <= 3_000; seed++) {
      const scenario = randomScenario(seed);
      const saved = saveOperations(scenario);
      if (bodyOf(saved).length === 0) continue;
      const again = await scenarioOf(`s\nx\n${textOf(saved)}`);
      const { operations } = scenario;
      const born = new Map<number, number>();
      const expected: string[] = ['s', 'x'];
      for (let k = 0; k < operations.count; k++) {
        const kind = operations.kind[k]!;
        const id = operations.id[k]!;
        if (kind === OpKind.Alloc) born.set(id, born.size);
        const numbered = kind === OpKind.Enter || kind === OpKind.Leave ? '' : born.get(id);
        if (kind === OpKind.Read || numbered === undefined) continue;
        const value = kind === OpKind.Write ? scenario.fills.bytes[scenario.fills.start[operations.host[k]!]!] : '';
        const flags = operations.flags[k]! & (OpFlag.Misuse | OpFlag.Zeroed);
        const { size, align, offset } = operations;
        expected.push([kind, numbered, size[k], align[k], offset[k], value, flags].join(' '));
      }
      const { operations: read, fills } = again;
      const actual = Array.from({ length: read.count }, (_, k) => {
        const kind = read.kind[k]!;
        if (k < 2) return kind === OpKind.Enter ? 's' : 'x';
        const numbered = kind === OpKind.Enter || kind === OpKind.Leave ? '' : read.id[k];
        const value = kind === OpKind.Write ? fills.bytes[fills.start[read.host[k]!]!] : '';
        const flags = read.flags[k]! & (OpFlag.Misuse | OpFlag.Zeroed);
        return [kind, numbered, read.size[k], read.align[k], read.offset[k], value, flags].join(' ');
      });
      const told = `seed ${seed}:\n${textOf(saved)}`;
      expect(actual, told).toEqual(expected);
      const unexpected = again.anomalies.filter(({ kind }) => kind !== 'scope-left-open');
      expect(unexpected, told).toEqual([]);
      expect(again.marks.length, told).toBe(scenario.marks.length);
    }
  });

  test('an alignment, a zeroed block and the scope’s own frees come back as they were', async () => {
    for (let seed = 1; seed <= 1_000; seed++) {
      const scenario = await scenarioOf(randomList(seed));
      const again = await scenarioOf(textOf(saveOperations(scenario)));
      expect(again.operations.flags, `seed ${seed}`).toEqual(scenario.operations.flags);
      expect(again.operations.align, `seed ${seed}`).toEqual(scenario.operations.align);
    }
  });
});

describe('.rep', () => {
  test('has four lines of head and dense ids, and lists what it cannot say', async () => {
    const scenario = await scenarioOf(
      'a 9 8 64\nz 3 16\nm here\nw 9 0 4\ns\nr 3 32\nf 3\nx\nf 9\nf 9\nr 9 5\nr 77 6\nf 1\n',
    );
    const saved = saveRep(scenario);
    expect(textOf(saved)).toBe('0\n3\n7\n1\na 0 8\na 1 16\nr 1 32\nf 1\nf 0\na 0 5\na 2 6\n');
    expect(saved.leftOut).toEqual([
      '1 mark',
      '1 write',
      '1 scope; the frees at the end are kept',
      '1 alignment',
      '1 zeroed block: allocated without zeroing',
      '1 free of a block that was free already',
      '1 resize of a block that was free already: saved as an alloc',
      '1 line of the recording that did not fit',
    ]);
  });

  test('reads back as the same requests in the same order', async () => {
    const text = '0\n3\n7\n1\na 0 512\na 1 128\nr 0 640\na 2 0\nf 1\nr 0 9\nf 0\n';
    const scenario = await scenarioOf(text);
    const saved = saveRep(scenario);
    expect(textOf(saved)).toBe(text);
    expect(saved.leftOut).toEqual([]);
    expect(operationLinesOf(await scenarioOf(textOf(saved)))).toEqual(operationLinesOf(scenario));
  });

  test('an empty scenario has a head alone', () => {
    const saved = saveRep(scripted(new OperationsBuilder(), 0, []));
    expect(textOf(saved)).toBe('0\n0\n0\n1\n');
    expect(saved.leftOut).toEqual([]);
  });
});
