import type { Body } from './binary.ts';
import {
  ADD,
  AND,
  CALL,
  CLZ,
  constant,
  EQZ,
  GET,
  IF,
  keepsTheEdge,
  LT_S,
  LT_U,
  OR,
  partsAlike,
  SELECT,
  SHR_U,
  SUB,
} from './code.ts';
import type { Mutant } from './mutants.ts';

const UNREACHABLE = 0x00;
const WRAP = 0xa7;
const LE_U = 0x4d;

/** The library's functions by what they do, as the compiler puts them in order. */
const REMOVE = 'function 0';
const INITIALIZE = 'function 1';
const INSERT = 'function 2';
const CHECK = 'function 4';
const GROW_PAGES = 'function 5';
const SEARCH = 'function 6';
const ROUND = 'function 7';
const RESIZE = 'function 8';
const COMPUTE_SIZE = 'function 9';
const PREPARE = 'function 10';
const ALLOCATE = 'function 12';
const ADD_MEMORY = 'function 13';

const LARGEST = 1_073_741_820n;
/** Shorter sizes have lists of one size, and sizes from half of the largest on are not rounded before they are looked for. */
const SMALL = 256n;
const HALF = 536_870_910n;

/** Is the instruction at `index` part of an assertion that both levels of a list are within bounds? */
function isBoundOfLevels({ code }: Body, index: number, bound: bigint | null): boolean {
  const isPart = bound === 16n || bound === 23n || (code[index]!.opcode === AND && code[index - 1]?.opcode === LT_U);
  const end = code.findIndex(({ opcode }, k) => k > index && opcode === EQZ);
  return isPart && end - index < 7 && code[end + 1]?.opcode === IF && code[end + 2]?.opcode === UNREACHABLE;
}

/** Why flags that are not masked make no difference. FREE is bit 0, LEFTFREE bit 1; what they are told apart from is a multiple of 4. */
const UNMASKED: Readonly<Record<string, string>> = {
  [REMOVE]: 'flags lie below what sizes are compared by, and are shifted out',
  [RESIZE]:
    'FREE is clear in a block in use; of its neighbour it is masked next, and too little for another comparison',
  [PREPARE]: 'FREE is too little for another comparison; then it is set in any case, or was just cleared',
  [ALLOCATE]: 'sizes that are asked for are 12 more than a multiple of 16: FREE does not make up for what is missing',
  alloc: 'FREE is clear in a block that was just allocated',
};

/** What is rounded to the same multiple all the same. */
const ROUNDED: Readonly<Record<string, readonly [change: string, why: string]>> = {
  [INITIALIZE]: ['1572: 1573', 'a root lies at a multiple of 16: what follows it begins at the same multiple'],
  [ADD_MEMORY]: ['19: 20', 'memory is added from a page’s begin or from the end of a root on: both round alike'],
};

/**
 * Why a mutant of AssemblyScript's TLSF cannot be told from it, not even on a heap that was overrun. A rule is for the function in
 * which it holds: what is asserted of a size in one of them is believed in another.
 */
export function ruleOfTlsf({ place: { body, index, change } }: Mutant): string | null {
  const { code, name } = body;
  const next = code[index + 1]?.opcode;
  const isEdge = keepsTheEdge(change);
  const comparison = isEdge ? index : index + 1;
  const compared = constant(body, comparison - 1);
  if (
    !/: (ge_u|gone)$/.test(change) &&
    [REMOVE, INSERT, SEARCH].includes(name) &&
    isBoundOfLevels(body, index, compared)
  )
    return 'an assertion that no number contradicts: 32-bit sizes, bounded, have 23 first levels, and each 16 second ones';
  if (name === INSERT && change === 'i32.and: or' && constant(body, index - 1) === 1n && next === EQZ)
    return 'FREE is set before each call, and of a left neighbour asserted once more when it is taken out';
  if (change.endsWith(' -4: -3') && next === AND && UNMASKED[name] !== undefined) return UNMASKED[name];
  if (name === REMOVE && change === 'local.tee: gone' && constant(body, index - 2) === -4n) return UNMASKED[REMOVE]!;
  if (constant(body, index) === LARGEST && code[index + 5]?.opcode === SELECT && code[index + 7]?.opcode === CLZ)
    return 'of the largest size only the highest bits count';
  if (constant(body, index) === -65536n && next === AND && code[index + 3]?.opcode === SHR_U)
    return 'what is not masked is shifted out';
  if (change.endsWith(' 67107: 67108')) return 'a root lies at a multiple of 16: its end is on the same page';
  const [rounded, why] = ROUNDED[name] ?? [];
  if (rounded !== undefined && change.endsWith(` ${rounded}`) && next === ADD && constant(body, index + 2) !== null)
    return why!;
  if (name === ADD_MEMORY && change.endsWith(' -16: -15') && code[index - 1]?.opcode === WRAP)
    return 'memory ends where a page does';
  if (
    code[comparison - 2]?.opcode === CALL &&
    code[comparison]?.opcode === LT_S &&
    (isEdge || change.endsWith(' 0: 1'))
  )
    return 'to grow gives −1 or the pages that there were, which are never 0';
  if (name === CHECK && change.endsWith(' 1: 0') && code[index + 2]?.opcode === SELECT)
    return 'whether there is a block at all is asked before';
  if (name === GROW_PAGES && (change === 'i32.shr_u: shl' || (change.endsWith(' 16: 17') && next === SHR_U)))
    return 'of what it gives only the sign is asked for';
  if ((compared === SMALL && name !== REMOVE && name !== INSERT) || compared === HALF)
    if (partsAlike(code[comparison]!.opcode, compared, isEdge, 16n, 12n))
      return 'sizes that are asked for are 12 more than a multiple of 16: none lies between the two';
  if (name === ROUND && change.endsWith(' 1: 0') && next === SUB)
    return 'no size is a multiple of the width of its list';
  if (name === RESIZE && change.endsWith(' 4: 5') && constant(body, index + 3) === -4n) return UNMASKED[RESIZE]!;
  if (name === COMPUTE_SIZE && constant(body, index) === LARGEST) return 'longer requests are refused before';
  if (name === COMPUTE_SIZE && code[index]!.opcode === LE_U && isEdge) return '12 bytes are rounded to 12 as well';
  if (name === ADD_MEMORY) {
    if (change === 'i64.lt_u: le_u')
      return 'what is added is a page at least, or what a root leaves of one, which is not 0';
    if (change.endsWith(' 2: 3') && next === AND) return 'FREE is set in any case';
    if (change === 'i32.store: gone' && constant(body, index - 1) === 0n)
      return 'new pages are zeros, and on others the links are set anew right after';
  }
  if (name === 'alloc') {
    if (compared === LARGEST && code[comparison + 1]?.opcode === OR && code[comparison - 2]?.opcode === GET)
      return 'an alignment is a power of two';
    if (change.endsWith(' 2: 3') && next === AND) return UNMASKED.alloc!;
  }
  return null;
}
