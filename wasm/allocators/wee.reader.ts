// Reads wee: run after run, cell after cell, into each slab, and along the lists.
//
// A free cell of the main list that no list leads to is lost where the walk is as shipped, and a fault where it is
// repaired. Which of the two no single cell can tell: the host decides when it has seen the lists.
// List 0 is the main list, list w the one for blocks of w words.
import { PAGE, STATE } from './pages';
import { beginReading, fault, heapEnd, inside, isReadable, pagesToRead, stretch } from './reading';
import {
  broken,
  chunk,
  DEAD,
  FIELD_WEE_ALLOCATED,
  FIELD_WEE_CAN_MERGE,
  FIELD_WEE_END,
  FIELD_WEE_LAST,
  FIELD_WEE_LEFT,
  FIELD_WEE_NEXT,
  FIELD_WEE_SLAB,
  FREE_OR_LOST,
  field,
  LISTED,
  link,
  RULE_CHUNK_END,
  RULE_LEFT,
  RULE_LINK,
  RULE_LOOP,
  RULE_MERGE,
  RULE_RUN_END,
  RULE_STATE,
  RULE_WRONG_LIST,
  USED,
} from './sink';
import { ALLOCATED, CAN_MERGE, Cell, CLASS_MAX, END_FLAGS, HEADER, MAIN, NEXT_INVALID, SLAB, Wee } from './wee';

/** The heads are the end of state. */
const WEE_END: usize = MAIN + CLASS_MAX + 4;

export function walk(): void {
  if (!beginReading(WEE_END)) return;
  const wee = changetype<Wee>(STATE);
  const first = wee.firstPage << 16;
  if (wee.firstPage > pagesToRead() || (wee.firstPage < pagesToRead() && first < wee.base)) {
    broken(RULE_STATE, STATE + offsetof<Wee>('firstPage'));
    stretch(DEAD, wee.base, heapEnd() - wee.base);
    return;
  }
  stretch(DEAD, wee.base, first - wee.base);
  walkCells(first, heapEnd() - first, false);
}

/** The cells from `at` on, `room` bytes of them: all runs of the main list, or the inside of a slab. */
function walkCells(at: usize, room: u32, slab: bool): void {
  let left: usize = 0;
  while (room) {
    const rule = brokenRule(at, room, left, slab);
    if (rule) {
      broken(rule, at);
      stretch(DEAD, at, room);
      return;
    }
    const cell = changetype<Cell>(at);
    const length: u32 = (cell.end & ~END_FLAGS) - at;
    const payload = at + HEADER;
    const usable = length - HEADER;
    if (!(cell.end & ALLOCATED)) {
      const kept = slab || changetype<Wee>(STATE).repaired;
      chunk(kept ? LISTED : FREE_OR_LOST, payload, HEADER, usable);
    } else if (cell.left & SLAB) {
      chunk(DEAD, payload, HEADER, 0);
      walkCells(payload, usable, true);
    } else chunk(USED, payload, HEADER, usable);
    left = cell.end & NEXT_INVALID ? 0 : at;
    at += length;
    room -= length;
    if (slab && !left) {
      // Beyond the last cell: what the main list gave more than it was asked for.
      stretch(DEAD, at, room);
      return;
    }
  }
}

/** The rule that a cell breaks, 0 for none. */
function brokenRule(at: usize, room: u32, left: usize, slab: bool): u32 {
  if (room < HEADER + 4) return RULE_CHUNK_END;
  const cell = changetype<Cell>(at);
  const length: u32 = (cell.end & ~END_FLAGS) - at;
  if (length < HEADER + 4 || length > room) return RULE_CHUNK_END;
  if ((cell.left & ~SLAB) != left) return RULE_LEFT;
  if (cell.left & SLAB && (slab || !(cell.end & ALLOCATED))) return RULE_LEFT;
  const last = (cell.end & NEXT_INVALID) != 0;
  if (slab) return !last && length == room ? RULE_RUN_END : 0;
  if (last ? (at + length) & (PAGE - 1) : length == room) return RULE_RUN_END;
  return 0;
}

export function lists(): void {
  if (!isReadable(WEE_END)) return;
  const last = min(changetype<Wee>(STATE).classMax, CLASS_MAX);
  for (let bytes: u32 = 0; bytes <= last; bytes += 4) if (!follow(bytes)) return;
}

/** Along one list; a list that runs into itself is found out after at most three times its length (Brent's method). */
function follow(bytes: u32): bool {
  let at = load<usize>(MAIN + bytes);
  let anchor: usize = 0;
  let steps: u32 = 0;
  let lap: u32 = 1;
  while (at) {
    if (at & 3 || !inside(at, HEADER + 4)) return fault(RULE_LINK, at);
    if (at == anchor) return fault(RULE_LOOP, at);
    if (steps == lap) {
      anchor = at;
      lap <<= 1;
      steps = 0;
    }
    steps += 1;
    const cell = changetype<Cell>(at);
    link(bytes >> 2, at + HEADER);
    const next = cell.link & ~CAN_MERGE;
    if (cell.link & CAN_MERGE && (bytes || next != (cell.left & ~SLAB))) return fault(RULE_MERGE, at);
    if ((cell.end & ~END_FLAGS) - (at + HEADER) < bytes) return fault(RULE_WRONG_LIST, at);
    at = next;
  }
  return true;
}

/** What the words of the cell with this payload say; its link only while it is free. */
export function fields(payload: usize, free: bool): void {
  const at = payload - HEADER;
  if (!isReadable(WEE_END) || at & 3 || !inside(at, HEADER + 4)) return;
  const cell = changetype<Cell>(at);
  field(FIELD_WEE_END, at, 4, cell.end & ~END_FLAGS);
  field(FIELD_WEE_LAST, at, 4, u32((cell.end & NEXT_INVALID) != 0));
  field(FIELD_WEE_ALLOCATED, at, 4, u32((cell.end & ALLOCATED) != 0));
  field(FIELD_WEE_LEFT, at + 4, 4, cell.left & ~SLAB);
  field(FIELD_WEE_SLAB, at + 4, 4, u32((cell.left & SLAB) != 0));
  if (!free) return;
  field(FIELD_WEE_NEXT, payload, 4, cell.link & ~CAN_MERGE);
  field(FIELD_WEE_CAN_MERGE, payload, 4, u32((cell.link & CAN_MERGE) != 0));
}
