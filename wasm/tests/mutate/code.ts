// What an instruction means among its neighbours: enough to tell by rule why a mutant cannot be told from the module.
import { type Body, type Instruction, signed } from './binary.ts';

export const CALL = 0x10;
export const GET = 0x20;
export const SET = 0x21;
export const TEE = 0x22;
export const CONST = 0x41;
export const SELECT = 0x1b;
export const IF = 0x04;
export const ELSE = 0x05;
export const OR = 0x72;
export const AND = 0x71;
export const CLZ = 0x67;
export const END = 0x0b;
export const ADD = 0x6a;
export const SUB = 0x6b;
export const EQZ = 0x45;
export const LT_S = 0x48;
export const LT_U = 0x49;
export const GE_S = 0x4e;
export const GE_U = 0x4f;
export const SHR_U = 0x76;
export const GROW = 0x40;
const EDGES = /: (l|g)[te]_[su]$/;

/** Second byte of memory.copy; instructions with one have no other name here. */
export function isCopy({ opcode, more }: Instruction): boolean {
  return opcode === 0xfc && more === 10;
}

/** How many values an instruction takes, of those that leave one; null for all others. */
function arity({ opcode }: Instruction): number | null {
  if (opcode === GET || opcode === CONST || opcode === 0x42 || opcode === 0x3f) return 0;
  if (opcode === TEE || opcode === GROW || (opcode >= 0x28 && opcode <= 0x35)) return 1;
  if (opcode === 0x45 || opcode === 0x50) return 1;
  if (opcode >= 0x46 && opcode <= 0x5a) return 2;
  if ((opcode >= 0x67 && opcode <= 0x69) || (opcode >= 0x79 && opcode <= 0x7b)) return 1;
  if (opcode >= 0x6a && opcode <= 0x8a) return 2;
  if (opcode >= 0xa7 && opcode <= 0xc4) return 1;
  return opcode === SELECT ? 3 : null;
}

/** Where the expression that ends with instruction `end` begins; null if it is more than plain sums. */
function beginning(code: readonly Instruction[], end: number): number | null {
  const count = code[end] === undefined ? null : arity(code[end]);
  if (count === null) return null;
  let at = end;
  for (let k = 0; k < count; k++) {
    const before = beginning(code, at - 1);
    if (before === null) return null;
    at = before;
  }
  return at;
}

/** The last instruction of each operand of the one at `index`, the first operand first. */
export function operandsOf(code: readonly Instruction[], index: number): number[] | null {
  const ends: number[] = [];
  let at = index;
  for (let k = arity(code[index]!) ?? 0; k > 0; k--) {
    ends.unshift(at - 1);
    const before = beginning(code, at - 1);
    if (before === null) return null;
    at = before;
  }
  return ends;
}

/** What an operand is: a local, whether got or set on the way, or a constant; else the instruction itself, which is like no other. */
export function named({ bytes, code }: Body, index: number): string {
  const { at, end, opcode } = code[index]!;
  const rest = [...bytes.subarray(at + 1, end)].join();
  if (opcode === GET || opcode === TEE) return `local ${rest}`;
  return opcode === CONST || opcode === 0x42 ? `${opcode} ${rest}` : `instruction ${index}`;
}

/** Is the comparison at `index` the one of a `min` or `max`, which picks one of the very values that it compares? */
export function picksWhatItCompares(body: Body, index: number): boolean {
  const { code } = body;
  if (code[index + 1]?.opcode !== SELECT) return false;
  const picked = operandsOf(code, index + 1);
  const compared = operandsOf(code, index);
  if (picked === null || compared === null) return false;
  const [first, second] = picked as [number, number, number];
  // A local that is set after the first operand was taken would be another value under the same name.
  const isSet = ({ opcode }: Instruction) => opcode === SET || opcode === TEE;
  for (let k = first + 1; k < index; k++)
    if (isSet(code[k]!) && [GET, TEE].includes(code[first]!.opcode) && sameLocal(body, k, first)) return false;
  const names = [first, second].map((k) => named(body, k)).sort();
  return (
    compared
      .map((k) => named(body, k))
      .sort()
      .join(';') === names.join(';')
  );
}

export function local({ bytes, code }: Body, index: number): string {
  return [...bytes.subarray(code[index]!.at + 1, code[index]!.end)].join();
}

export function sameLocal(body: Body, a: number, b: number): boolean {
  return local(body, a) === local(body, b);
}

/** The constant at `index`, null if there is another instruction. */
export function constant({ bytes, code }: Body, index: number): bigint | null {
  const one = code[index];
  return one?.opcode === CONST ? signed(bytes, one.at + 1) : null;
}

export function keepsTheEdge(change: string): boolean {
  const from = change.match(/\.([lg])[te]_/)?.[1];
  return EDGES.test(change) && change.includes(`: ${from}`);
}

/**
 * Does a comparison part numbers alike that are `rest` more than a multiple of `grain`, whether it is changed at its edge or its
 * constant is the next? `opcode`: the comparison with constant `value`.
 */
export function partsAlike(opcode: number, value: bigint, isEdge: boolean, grain: bigint, rest = 0n): boolean {
  // The one number that is parted otherwise: beyond `>` and `≤` it is the next constant itself.
  const below = [LT_S, LT_U, GE_S, GE_U].includes(opcode);
  return (below || isEdge ? value : value + 1n) % grain !== rest;
}
