import { ALLOCATORS, type AllocatorId } from '../../../src/model/lanes.ts';
import { type Body, type Instruction, signed } from './binary.ts';
import type { Mutant } from './mutants.ts';

const CALL = 0x10;
const GET = 0x20;
const SET = 0x21;
const TEE = 0x22;
const CONST = 0x41;
const SELECT = 0x1b;
const IF = 0x04;
const ELSE = 0x05;
const AND = 0x71;
const SUB = 0x6b;
const LT_U = 0x49;
const SHR_U = 0x76;
const GROW = 0x40;
const EDGES = /: (l|g)[te]_[su]$/;

function isFill({ opcode, more }: Instruction): boolean {
  return opcode === 0xfc && more === 11;
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
function operandsOf(code: readonly Instruction[], index: number): number[] | null {
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
function named({ bytes, code }: Body, index: number): string {
  const { at, end, opcode } = code[index]!;
  const rest = [...bytes.subarray(at + 1, end)].join();
  if (opcode === GET || opcode === TEE) return `local ${rest}`;
  return opcode === CONST || opcode === 0x42 ? `${opcode} ${rest}` : `instruction ${index}`;
}

/** Is the comparison at `index` the one of a `min` or `max`, which picks one of the very values that it compares? */
function picksWhatItCompares(body: Body, index: number): boolean {
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

function local({ bytes, code }: Body, index: number): string {
  return [...bytes.subarray(code[index]!.at + 1, code[index]!.end)].join();
}

function sameLocal(body: Body, a: number, b: number): boolean {
  return local(body, a) === local(body, b);
}

/** The constant at `index`, null if there is another instruction. */
function constant({ bytes, code }: Body, index: number): bigint | null {
  const one = code[index];
  return one?.opcode === CONST ? signed(bytes, one.at + 1) : null;
}

function keepsTheEdge(change: string): boolean {
  const from = change.match(/\.([lg])[te]_/)?.[1];
  return EDGES.test(change) && change.includes(`: ${from}`);
}

/** Do `<` and `≤`, or a constant and the next, part multiples of `grain` alike? `opcode`: the comparison with constant `value`. */
function partsAlike(opcode: number, value: bigint, grain: bigint): boolean {
  // The lower of both constants belongs to the upper part of `<` and `≥`, and to the lower of `>` and `≤`.
  const below = [0x48, 0x49, 0x4e, 0x4f].includes(opcode);
  return (below ? value : value + 1n) % grain !== 0n;
}

/** Number of dlmalloc's first function. */
const DEALLOC = '0';
/** Constants that dlmalloc compares with sizes of chunks or of what was grown. With all others it compares something else. */
const CHUNK_SIZES = [16n, 88n, 256n, 2147418112n, -65608n];

/** Is a masked word's local, whose `tee` is at `index`, read only by what does not see the mask? */
function seesNoFlags(body: Body, index: number): boolean {
  const { code } = body;
  for (let k = index + 1; k < code.length; k++) {
    const { opcode } = code[k]!;
    if (![GET, SET, TEE].includes(opcode) || !sameLocal(body, k, index)) continue;
    if (opcode !== GET) return true;
    const value = constant(body, k + 1);
    const next = code[k + 2]?.opcode;
    if (!(value === 256n && next === LT_U) && !(value === 4n && next === SHR_U)) return false;
  }
  return true;
}

/** Rules that hold for any of them. */
function ruleOfAll({ place: { body, index, change } }: Mutant): string | null {
  const { code } = body;
  const soon = code.slice(index + 1, index + 8);
  const isEdge = keepsTheEdge(change);
  if (isEdge && picksWhatItCompares(body, index))
    return 'of two equal values it makes no difference which is the smaller';
  if (change.endsWith(' 1: 0') && picksWhatItCompares(body, index + 1))
    return 'of two equal values it makes no difference which is the smaller';
  if (/const (4|8|16): (5|9|17)$/.test(change) && [0x49, 0x4b, 0x4d, 0x4f].includes(code[index + 1]?.opcode ?? 0)) {
    const compared = operandsOf(code, index + 1);
    if (compared?.some((k) => named(body, k) === 'local 1') && /^(alloc|function)/.test(body.name))
      return 'an alignment is a power of two, and what is none is refused in any case';
  }
  if (code[index - 1]?.opcode === GROW || code[index - 2]?.opcode === GROW)
    if (change.endsWith(' 0: 1') || isEdge) return 'memory.grow gives −1 or a number of pages that is never 0';
  if (isEdge && code[index + 1]?.opcode === IF && soon.some(({ opcode }) => opcode === GROW))
    return 'to grow by no page succeeds and does nothing';
  const isSelect = code[index]!.opcode === SELECT;
  if ((isSelect || code[index + 1]?.opcode === SELECT) && soon.some(isFill))
    return 'more than the new pages is wiped, and what lies above the break means nothing';
  if (body.name === 'init' && index === 0 && change.endsWith(' 16: 17') && isFill(code[3]!))
    return 'the byte that is not wiped belongs to the break, which is stored right after';
  return null;
}

function ruleOfWee({ place: { body, index, change } }: Mutant): string | null {
  const { code } = body;
  if (change.endsWith(' 8192: 8193') && picksWhatItCompares(body, index + 1))
    return 'a slab is four times a square long: 8,193 is no such number';
  if ((change.endsWith(' 2: 3') || change.endsWith(' -4: -3')) && code[index + 1]?.opcode === AND)
    return 'the end of a free cell has no ALLOCATED to be seen or masked';
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
    if (compared === 188n) return 'a link is a root’s address, below 188, or lies in a chunk, far above it';
    if (CHUNK_SIZES.includes(compared) && partsAlike(code[comparison]!.opcode, compared, grain))
      return `sizes of chunks, and lengths from a base to a break, are multiples of ${grain}: none lies between the two`;
  }
  if (isComparison && compared === -64n)
    return 'growing refuses so long a request as well, and nothing so long is free';
  const limit = isEdge ? index - 3 : index;
  if (constant(body, limit) === -64n && code[limit + 2]?.opcode === SUB)
    return 'the request that it leads to, 16 bytes longer at least, is refused as well';
  if (change.endsWith(' 1: 0') && code[index - 1]?.opcode === ELSE && constant(body, index - 3) === 52n)
    return 'where there is no top its size is 0, and nothing is subtracted';
  if (
    change.endsWith(' 2: 3') &&
    code[index - 2]?.opcode !== CONST &&
    code[index + 1]?.opcode === AND &&
    body.name === 'dealloc'
  )
    return 'PINUSE, known to be clear, is looked for with CINUSE';
  if (change.endsWith(' 0: 1')) {
    const call = next === CALL ? index + 1 : next === CONST && code[index + 2]?.opcode === CALL ? index + 2 : -1;
    if (call > 0 && call === index + 1 && local(body, call) !== DEALLOC)
      return 'alignments of 0 and 1 are the allocator’s own';
    if (call > 0 && local(body, call) === DEALLOC) return 'dealloc looks at neither size nor alignment';
  }
  if (value === 65607n && 65608n % grain !== 0n)
    return `requests are multiples of ${grain}: none is so long that this byte takes another page`;
  // The lowest address: `chunk < first − 8`.
  const low = isEdge ? index - 1 : index + 1;
  if (code[low]?.opcode === SUB && code[low + 1]?.opcode === LT_U && constant(body, low - 1) === 8n)
    return 'chunks lie halfway between multiples of 16, a base lies on one';
  if (change === 'local.tee: gone' && constant(body, index - 2) === -8n && seesNoFlags(body, index))
    return 'flags lie below what the shift and the comparison look at';
  return null;
}

function ruleOfArena({ place: { change } }: Mutant): string | null {
  return change === 'i64.const 0: 1' ? 'bumps and sizes are multiples of 16: one byte is never missing' : null;
}

function ruleOfPool({ place: { change, body, index } }: Mutant): string | null {
  const compared = keepsTheEdge(change) ? constant(body, index - 1) : constant(body, index);
  return compared === -65536n ? 'so long a run leaves no page for the page table' : null;
}

/** Why a mutant that lives cannot be told from the module, by rule; null where no rule applies. */
export function ruleOf(id: AllocatorId, mutant: Mutant): string | null {
  const { kind, align } = ALLOCATORS[id];
  const all = ruleOfAll(mutant);
  if (all !== null) return all;
  if (kind === 'wee') return ruleOfWee(mutant);
  if (kind === 'dlmalloc') return ruleOfDlmalloc(mutant, BigInt(align));
  if (kind === 'arena') return ruleOfArena(mutant);
  return kind === 'pool' ? ruleOfPool(mutant) : null;
}
