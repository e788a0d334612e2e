import {
  type Body,
  type Bytes,
  bodiesOf,
  encodedSigned,
  type Instruction,
  replaced,
  signed,
  withBodies,
} from './binary.ts';

/** A module in which one instruction is another. */
export interface Mutant {
  /** Function, number of the instruction in it, what became of it. */
  readonly name: string;
  readonly place: { readonly body: Body; readonly index: number; readonly change: string };
  readonly module: Bytes;
}

/** Names of what changes, for people. */
const NAMES: Readonly<Record<number, string>> = {
  12: 'br',
  13: 'br_if',
  4: 'if',
  27: 'select',
  33: 'local.set',
  34: 'local.tee',
  64: 'memory.grow',
  65: 'i32.const',
  66: 'i64.const',
  40: 'i32.load',
  41: 'i64.load',
  44: 'i32.load8_s',
  45: 'i32.load8_u',
  46: 'i32.load16_s',
  47: 'i32.load16_u',
  54: 'i32.store',
  55: 'i64.store',
  58: 'i32.store8',
  59: 'i32.store16',
  16: 'call',
  32: 'local.get',
};
const OPERATORS = ['eqz', 'eq', 'ne', 'lt_s', 'lt_u', 'gt_s', 'gt_u', 'le_s', 'le_u', 'ge_s', 'ge_u'] as const;
const ARITHMETIC = [
  'clz',
  'ctz',
  'popcnt',
  'add',
  'sub',
  'mul',
  'div_s',
  'div_u',
  'rem_s',
  'rem_u',
  'and',
  'or',
  'xor',
  'shl',
  'shr_s',
  'shr_u',
  'rotl',
  'rotr',
] as const;
const DROP = 0x1a;
const EQZ = 0x45;

/** What an operator becomes: its neighbour in meaning; of a comparison the edge, and the contrary. */
const BECOMES: Readonly<Record<string, readonly string[]>> = {
  eq: ['ne'],
  ne: ['eq'],
  lt_s: ['le_s', 'ge_s'],
  lt_u: ['le_u', 'ge_u'],
  gt_s: ['ge_s', 'le_s'],
  gt_u: ['ge_u', 'le_u'],
  le_s: ['lt_s', 'gt_s'],
  le_u: ['lt_u', 'gt_u'],
  ge_s: ['gt_s', 'lt_s'],
  ge_u: ['gt_u', 'lt_u'],
  clz: ['ctz'],
  ctz: ['clz'],
  add: ['sub'],
  sub: ['add'],
  mul: ['add'],
  div_s: ['mul'],
  div_u: ['mul'],
  rem_s: ['div_s'],
  rem_u: ['div_u'],
  and: ['or'],
  or: ['and'],
  xor: ['or'],
  shl: ['shr_u'],
  shr_s: ['shl'],
  shr_u: ['shl'],
  rotl: ['rotr'],
  rotr: ['rotl'],
};

interface Family {
  readonly type: string;
  readonly first: number;
  readonly names: readonly string[];
}
const FAMILIES: readonly Family[] = [
  { type: 'i32', first: 0x45, names: OPERATORS },
  { type: 'i64', first: 0x50, names: OPERATORS },
  { type: 'i32', first: 0x67, names: ARITHMETIC },
  { type: 'i64', first: 0x79, names: ARITHMETIC },
];

type Change = readonly [what: string, bytes: readonly number[]];

function changesOf(body: Body, { at, end, opcode, more }: Instruction): Change[] {
  const { bytes } = body;
  const own = [...bytes.subarray(at, end)];
  for (const { type, first, names } of FAMILIES) {
    const name = names[opcode - first];
    if (opcode < first || name === undefined) continue;
    if (name === 'eqz') return [[`${type}.eqz: not`, [opcode, EQZ]]];
    return (BECOMES[name] ?? []).map((other) => [`${type}.${name}: ${other}`, [first + names.indexOf(other)]]);
  }
  const name = NAMES[opcode];
  switch (opcode) {
    case 0x41:
    case 0x42: {
      const value = signed(bytes, at + 1);
      // Where 1 means true, 2 would mean it as well.
      const other = value === 1n ? 0n : value + 1n;
      return [[`${name} ${value}: ${other}`, [opcode, ...encodedSigned(other)]]];
    }
    case 0x04:
    case 0x1b:
    case 0x0d:
      return [[`${name}: not`, [EQZ, ...own]]];
    case 0x0c:
      return [[`${name}: gone`, []]];
    case 0x21:
      return [[`${name}: gone`, [DROP]]];
    case 0x22:
      return [[`${name}: gone`, []]];
    case 0x40:
      return [[`${name}: says 0 and does not`, [DROP, 0x41, 0]]];
    case 0xfc:
      return more === 10 || more === 11 ? [[`memory.${more === 10 ? 'copy' : 'fill'}: gone`, [DROP, DROP, DROP]]] : [];
    default:
  }
  if (opcode >= 0x36 && opcode <= 0x3e) return [[`${name}: gone`, [DROP, DROP]]];
  if (opcode >= 0x28 && opcode <= 0x35) {
    // One byte of alignment, and an offset: state and headers lie below 128 bytes of their base.
    const offset = own[2]!;
    return own.length === 3 && offset < 124 ? [[`${name}: the next word`, [opcode, own[1]!, offset + 4]]] : [];
  }
  return [];
}

/** Every mutant of a module that is still valid, in the order of its instructions. */
export function mutantsOf(module: Bytes): Mutant[] {
  const bodies = bodiesOf(module);
  return bodies.flatMap((body, which) =>
    body.code.flatMap((instruction, index) =>
      changesOf(body, instruction).flatMap(([change, bytes]) => {
        const changed = withBodies(
          module,
          bodies.map((other, k) => (k === which ? replaced(body, instruction, bytes) : other.bytes)),
        );
        if (!WebAssembly.validate(changed)) return [];
        return [
          { name: `${body.name}, instruction ${index}, ${change}`, place: { body, index, change }, module: changed },
        ];
      }),
    ),
  );
}
