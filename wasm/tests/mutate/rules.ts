import { ALLOCATORS, type AllocatorId } from '../../../src/model/lanes.ts';
import type { Body, Instruction } from './binary.ts';
import {
  AND,
  CALL,
  CLZ,
  CONST,
  constant,
  ELSE,
  END,
  EQZ,
  GE_S,
  GE_U,
  GET,
  GROW,
  IF,
  isCopy,
  keepsTheEdge,
  LT_S,
  LT_U,
  local,
  named,
  OR,
  operandsOf,
  partsAlike,
  picksWhatItCompares,
  SET,
  SHR_U,
  SUB,
  sameLocal,
  TEE,
} from './code.ts';
import type { Mutant } from './mutants.ts';
import { ruleOfTlsf } from './rules-tlsf.ts';

/** Number of dlmalloc's first function. */
const DEALLOC = '0';
/** The least requests that are refused at once, of the three builds. */
const REQUEST_LIMITS = [-64n, -65_587n];
/** The most that emscripten's break is moved by at once. */
const GROW_LIMIT = 0x7fff_f000n;
/** Constants that dlmalloc compares with sizes of chunks or of what was grown. With all others it compares something else. */
const CHUNK_SIZES = [16n, 88n, 256n, 2147418112n, -65608n, -4144n];

/** Less than that before an aligned block is no chunk, in dlmalloc-rs. */
const LEAD = 17n;

/** Is what is got at `index` in `alloc` still the alignment that was asked for? */
function isAlignment(body: Body, index: number): boolean {
  if (named(body, index) !== 'local 1') return false;
  const isSet = ({ opcode }: Instruction, k: number) => [SET, TEE].includes(opcode) && sameLocal(body, k, index);
  return !body.code.slice(0, index).some(isSet);
}

/** Is a masked word's local, whose `tee` is at `index`, read only by what does not see the mask? */
function seesNoFlags(body: Body, index: number): boolean {
  const { code } = body;
  if (code[index - 3]?.opcode !== GET || !sameLocal(body, index - 3, index)) return false;
  for (let k = index + 1; k < code.length; k++) {
    const { opcode } = code[k]!;
    if (![GET, SET, TEE].includes(opcode) || !sameLocal(body, k, index)) continue;
    if (opcode !== GET) return true;
    const value = constant(body, k + 1);
    const next = code[k + 2]?.opcode;
    if (!(value === 256n && next === LT_U) && !((value === 4n || value === 3n) && next === SHR_U)) return false;
  }
  return true;
}

/** Is what the `tee` at `index` would keep 0 already, as locals are from the start, where the `if` behind it does not set it anew? */
function keepsTheFirstZero(body: Body, index: number): boolean {
  const { code } = body;
  if (code[index + 1]?.opcode !== IF) return false;
  const isSet = (k: number) => [SET, TEE].includes(code[k]!.opcode) && sameLocal(body, k, index);
  for (let k = 0; k < index; k++) if (isSet(k)) return false;
  let end = index + 2;
  while (code[end] !== undefined && ![IF, ELSE, END].includes(code[end]!.opcode)) end++;
  return code[end]?.opcode === END && isSet(end - 1);
}

/** Rules that hold for any of them. */
function ruleOfAll({ place: { body, index, change } }: Mutant): string | null {
  const { code } = body;
  const isEdge = keepsTheEdge(change);
  if (isEdge && picksWhatItCompares(body, index))
    return 'of two equal values it makes no difference which is the smaller';
  // min(x, c) as `x < c ? x : c`: with c + 1 there the x that is c is taken itself.
  const isMin = /: \d+$/.test(change) && [LT_S, LT_U, GE_S, GE_U].includes(code[index + 1]?.opcode ?? 0);
  if ((isMin || change.endsWith(' 1: 0')) && picksWhatItCompares(body, index + 1))
    return 'of two equal values it makes no difference which is the smaller';
  if (/const (4|8|16): (5|9|17)$/.test(change) && [0x49, 0x4b, 0x4d, 0x4f].includes(code[index + 1]?.opcode ?? 0)) {
    const compared = operandsOf(code, index + 1);
    if (body.name === 'alloc' && compared?.some((k) => isAlignment(body, k)))
      return 'an alignment is a power of two, and what is none is refused in any case';
  }
  if (code[index - 1]?.opcode === GROW || code[index - 2]?.opcode === GROW)
    if (change.endsWith(' 0: 1') || isEdge) return 'memory.grow gives −1 or a number of pages that is never 0';
  if (change === 'local.tee: gone' && keepsTheFirstZero(body, index))
    return 'where the condition is 0 the local is so already, and else it is set right after';
  if (/ (\d+): \d+$/.test(change) && code[index + 1]?.opcode === OR && code[index + 2]?.opcode === CLZ)
    return 'bits below the highest do not count';
  return null;
}

function ruleOfWee({ place: { body, index, change } }: Mutant): string | null {
  const { code } = body;
  if (change.endsWith(' 8192: 8193') && picksWhatItCompares(body, index + 1))
    return 'a slab is four times a square long: 8,193 is no such number';
  if (body.name === 'dealloc' && change.endsWith(' 2: 3') && code[index + 1]?.opcode === AND)
    return 'ALLOCATED was cleared before NEXT_INVALID is looked for';
  return null;
}

function ruleOfDlmalloc({ place: { body, index, change } }: Mutant, grain: bigint): string | null {
  const { code } = body;
  const isEdge = keepsTheEdge(change);
  const value = constant(body, index);
  const next = code[index + 1]?.opcode ?? 0;
  const comparison = isEdge ? index : index + 1;
  const compared = isEdge ? constant(body, index - 1) : value;
  const isComparison = isEdge || (change.startsWith('i32.const') && next >= 0x48 && next <= 0x4f);
  if (isComparison && compared !== null) {
    if (CHUNK_SIZES.includes(compared) && partsAlike(code[comparison]!.opcode, compared, isEdge, grain))
      return `sizes of chunks, and lengths from a base to a break, are multiples of ${grain}: none lies between the two`;
    if (compared === LEAD && partsAlike(code[comparison]!.opcode, compared, isEdge, grain))
      return 'what lies before an aligned block is a multiple of 8 long, as addresses are: none lies between the two';
  }
  if (grain === 16n && body.name === 'init' && change.endsWith(' 16: 17') && next === SET)
    return 'sizes a byte longer have the same bins';
  const grows = code.some(({ opcode }) => opcode === GROW);
  if (grows && change === 'local.set: gone' && constant(body, index - 1) === 1n && code[index - 2]?.opcode === ELSE)
    return 'it stands for success, as do the pages that it would replace, which are never 0';
  if (change === 'i32.lt_u: le_u' && constant(body, index + 2) === GROW_LIMIT)
    return 'the break is never moved by nothing: what is asked for is a granule at least';
  const limit = isEdge ? index - 3 : index;
  if (REQUEST_LIMITS.includes(constant(body, limit) ?? 0n) && code[limit + 2]?.opcode === SUB)
    return 'the request that it leads to, 16 bytes longer at least, is refused as well';
  if (body.name === 'dealloc' && change.endsWith(' 2: 3') && next === AND && code[index + 2]?.opcode === EQZ)
    return 'PINUSE, known to be clear, is looked for with CINUSE';
  if (change.endsWith(' 0: 1')) {
    const call = next === CALL ? index + 1 : next === CONST && code[index + 2]?.opcode === CALL ? index + 2 : -1;
    if (call > 0 && call === index + 1 && local(body, call) !== DEALLOC)
      return 'alignments of 0 and 1 are the allocator’s own';
    if (call > 0 && local(body, call) === DEALLOC) return 'dealloc looks at neither size nor alignment';
  }
  if (change === 'local.tee: gone' && constant(body, index - 2) === -8n && seesNoFlags(body, index))
    return 'flags lie below what the shift and the comparison look at';
  return null;
}

function ruleOfArena({ place: { change } }: Mutant): string | null {
  return change === 'i64.const 0: 1' ? 'bumps and sizes are multiples of 16: one byte is never missing' : null;
}

function ruleOfPool({ place: { change, body, index } }: Mutant): string | null {
  const { code } = body;
  const isEdge = keepsTheEdge(change);
  const comparison = isEdge ? index : index + 1;
  const compared = constant(body, comparison - 1);
  const next = code[index + 1]?.opcode ?? 0;
  if (change === 'local.tee: gone' && constant(body, index + 3) === -65536n)
    return 'the limit is a multiple of all alignments up to itself: what is rounded up to more was more, or wraps to 0';
  if (change.endsWith(' 16: 17') && picksWhatItCompares(body, index + 1))
    return 'an alignment is a power of two, and what is none is refused in any case';
  if (
    [32_768n, 65_536n, -65_536n].includes(compared ?? 0n) &&
    partsAlike(code[comparison]!.opcode, compared!, isEdge, 16n)
  )
    return 'addresses and what requests take are multiples of 16: none lies between the two';
  if (change.endsWith(' 1680: 1681') && code[index + 1] !== undefined && isCopy(code[index + 1]!))
    return 'the page behind those of the small table is among those that are marked right after';
  if (change.endsWith(' 0: 1') && code[index + 2]?.opcode === SUB && code[index + 3]?.opcode === AND)
    if (code[index - 1]?.opcode === GET && next === GET && sameLocal(body, index - 1, index + 1))
      return 'a slot is even: bit 0 of what it is masked with does not count';
  if (isEdge && next === IF && operandsOf(code, index)?.every((k) => named(body, k).startsWith('local')))
    if (code.slice(index + 2, index + 6).some(({ opcode }) => opcode === CALL))
      return 'to go on to where it ends, or to mark no pages, does nothing';
  if (change === 'i32.load: the next word' && constant(body, index - 1) === 24n && code[index + 3]?.opcode === CALL)
    return 'before the first run the lowest free page is the first fresh one';
  return null;
}

/** Why a mutant that lives cannot be told from the module, by rule; null where no rule applies. */
export function ruleOf(id: AllocatorId, mutant: Mutant): string | null {
  const { kind, align } = ALLOCATORS[id];
  const all = ruleOfAll(mutant);
  if (all !== null) return all;
  if (kind === 'wee') return ruleOfWee(mutant);
  if (kind === 'dlmalloc') return ruleOfDlmalloc(mutant, BigInt(align));
  if (kind === 'arena') return ruleOfArena(mutant);
  return kind === 'pool' ? ruleOfPool(mutant) : ruleOfTlsf(mutant);
}
