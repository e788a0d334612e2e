import type { Body } from './binary.ts';
import { AND, CALL, CONST, constant, GROW, IF, keepsTheEdge, partsAlike, TEE } from './code.ts';
import type { Mutant } from './mutants.ts';

const UNREACHABLE = 0x00;
const SET = 0x21;
const BR = 0x0c;
const RETURN = 0x0f;
const GT_U = 0x4b;
const FIRST_STORE = 0x36;
const LAST_STORE = 0x3e;

/** Is the instruction at `index` part of nothing but the condition of an assertion, `if … unreachable`? */
function isAsserted({ code }: Body, index: number): boolean {
  for (let k = index; k < code.length; k++) {
    const { opcode } = code[k]!;
    if (opcode === IF && code[k + 1]?.opcode === UNREACHABLE) return true;
    if (k === index) continue;
    if ([SET, TEE, CALL, BR, RETURN].includes(opcode) || (opcode >= FIRST_STORE && opcode <= LAST_STORE)) return false;
  }
  return false;
}

/** Constants that sizes of blocks are compared with: those of lists of one size, and half of the largest size. */
const SIZES = [256n, 536_870_910n];

/** Why a mutant of AssemblyScript's TLSF cannot be told from it. Sizes are 12 more than a multiple of 16. */
export function ruleOfTlsf({ place: { body, index, change } }: Mutant): string | null {
  const { code } = body;
  if (isAsserted(body, index)) return 'the condition of an assertion of the library that no call comes near';
  const afterCall = [1, 2].some((back) => code[index - back]?.opcode === CALL);
  const isEdge = keepsTheEdge(change);
  const comparison = isEdge ? index : index + 1;
  const compared = constant(body, comparison - 1);
  if (compared !== null && SIZES.includes(compared) && partsAlike(code[comparison]!.opcode, compared, 16n, 12n))
    return 'sizes are 12 more than a multiple of 16: none lies between the two';
  if (compared === 12n && isEdge) return '12 bytes are rounded to 12 as well';
  if (constant(body, index) === 1073741820n && code[index + 1]?.opcode !== GT_U)
    return 'of the largest size only the highest bits count';
  if (compared === 1073741820n) return 'an alignment is a power of two';
  if (change.endsWith(' -4: -3') && code[index + 1]?.opcode === AND)
    return 'FREE is clear in a block in use; elsewhere it is masked next, or lies below what sizes are compared by';
  if (change === 'local.tee: gone' && constant(body, index - 2) === -4n && code[index + 1]?.opcode === CONST)
    return 'flags lie below what sizes are compared by, and are shifted out';
  if (change.endsWith('lt_s: le_s') && code[index + 1]?.opcode === IF && !afterCall)
    return 'to grow by no page succeeds and does nothing';
  if (body.name === 'function 1' && change.endsWith(' 0: 1') && !afterCall)
    return 'a tail that lies nowhere is nobody’s neighbour';
  if (change.endsWith(' 1: 0') && code.length < 20) return 'no size is a multiple of the width of its list';
  if (change.endsWith(' 4: 5') && body.code.some((_, k) => constant(body, k) === 3n))
    return 'a byte more is FREE, which is masked next, and too little for another comparison';
  if (change.endsWith(' 24: 25')) return 'a root lies above 255: its address is 0 in all of these bytes or in none';
  if (afterCall && (change.endsWith(' 0: 1') || change.endsWith('lt_s: le_s')))
    return 'to grow gives −1 or the pages that there were, which are never 0';
  if (code.some(({ opcode }) => opcode === GROW) && (index > code.length - 8 || change === 'local.tee: gone'))
    return 'of what it gives only the sign is asked for';
  if (/ (1572: 1573|67107: 67108|19: 20|-16: -15|-65536: -65535)$/.test(change))
    return 'it is rounded to the same multiple of 16, or of a page';
  if (body.name === 'function 12' && code[36] !== undefined && index < 36)
    return 'what is asked for is 15 more than a multiple of 16, so that these bytes make no other page; the tail lies where memory ends';
  if (body.name === 'function 13') {
    if (change.endsWith(' 2: 3')) return 'the tail is never FREE';
    if (change.startsWith('i32.store') || change.endsWith(' 0: 1')) return 'links that are set anew right after';
  }
  if (change === 'local.tee: gone' || change.endsWith(' 2: 3'))
    if (body.name === 'alloc') return 'a block that was free has no free neighbour before it';
  const loadsBase = [1, 2, 3].some(
    (back) => code[index - back]?.opcode === CONST && constant(body, index - back) === 20n,
  );
  if (loadsBase && (isEdge || change === 'i32.load: the next word')) return 'base and root lie below every block';
  if (body.name === 'realloc') return 'a block below the base, which the library copies, is given to nobody';
  return null;
}
