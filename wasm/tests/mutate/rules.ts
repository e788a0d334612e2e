import { type Body, type Instruction, signed } from './binary.ts';
import type { Mutant } from './mutants.ts';

const GET = 0x20;
const TEE = 0x22;
const CONST = 0x41;
const SELECT = 0x1b;
const IF = 0x04;
const GROW = 0x40;
const EDGES = /: (l|g)[te]_[su]$/;

function isFill({ opcode, more }: Instruction): boolean {
  return opcode === 0xfc && more === 11;
}

/** An operand of one instruction: a local, whether got or set on the way, or a constant. */
function operand({ bytes }: Body, { at, end, opcode }: Instruction): string {
  const rest = [...bytes.subarray(at + 1, end)].join();
  return opcode === GET || opcode === TEE ? `local ${rest}` : `${opcode} ${rest}`;
}

/** Is the comparison at `index` the one of a `min` or `max`, which picks one of the very values that it compares? */
function picksWhatItCompares(body: Body, index: number): boolean {
  const { code } = body;
  if (code[index + 1]?.opcode !== SELECT || index < 4) return false;
  const [a, b, c, d] = code.slice(index - 4, index).map((one) => operand(body, one));
  return (a === c && b === d) || (a === d && b === c);
}

/** The constant that is compared at `index`, null if the operand before it is none. */
function comparedWith({ bytes, code }: Body, index: number): bigint | null {
  const before = code[index - 1];
  return before?.opcode === CONST ? signed(bytes, before.at + 1) : null;
}

function keepsTheEdge(change: string): boolean {
  const from = change.match(/\.([lg])[te]_/)?.[1];
  return EDGES.test(change) && change.includes(`: ${from}`);
}

/** Why a mutant that lives cannot be told from the module, by rule; null where no rule applies. */
export function ruleOf(id: string, { place: { body, index, change } }: Mutant): string | null {
  const { code } = body;
  const instruction = code[index]!;
  const soon = code.slice(index + 1, index + 8);
  const comparison = index + 1;
  if (keepsTheEdge(change) && picksWhatItCompares(body, index))
    return 'of two equal values it makes no difference which is the smaller';
  if (keepsTheEdge(change) && id === 'dlmalloc' && (comparedWith(body, index) ?? 0n) % 16n !== 0n)
    return 'chunk sizes, and lengths from a base to a break, are multiples of 16: the constant is none, and never met';
  if (instruction.opcode === CONST && id === 'dlmalloc' && /: -?\d+$/.test(change)) {
    const value = signed(body.bytes, instruction.at + 1);
    const compares = code[index + 1]!.opcode >= 0x48 && code[index + 1]!.opcode <= 0x4f;
    if (compares && (value < -256n || value > 256n) && (value & 15n) !== 15n && (value & 15n) !== 0n)
      return 'chunk sizes are multiples of 16: none lies between the two constants';
  }
  if (instruction.opcode === CONST && picksWhatItCompares(body, comparison)) {
    if (change.endsWith(' 1: 0')) return 'of two equal values it makes no difference which is the smaller';
    if (change.endsWith(' 16: 17')) return 'an alignment is a power of two, and 17 is none';
  }
  if (code[index - 1]?.opcode === GROW || code[index - 2]?.opcode === GROW)
    if (change.endsWith(' 0: 1') || keepsTheEdge(change))
      return 'memory.grow gives −1 or a number of pages that is never 0';
  if (keepsTheEdge(change) && code[index + 1]?.opcode === IF && soon.some(({ opcode }) => opcode === GROW))
    return 'to grow by no page succeeds and does nothing';
  if (id === 'arena' && change === 'i64.const 0: 1')
    return 'bumps and sizes are multiples of 16: one byte is never missing';
  if (code[index + 1]?.opcode === SELECT && soon.some(isFill))
    return 'more than the new pages is wiped, and what lies above the break means nothing';
  return null;
}
