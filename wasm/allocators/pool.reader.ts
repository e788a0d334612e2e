// Reads a pool: page after page by the page table, slot after slot, and along the list of each class.
// List c is that of class c; list 40 is the freed runs, which have no links: the page table is their list.
import { PAGE, STATE, STATE_END } from './pages';
import {
  CLASSES,
  firstSlot,
  PASSED,
  Pool,
  RUN,
  RUN_FREE,
  RUN_REST,
  SIZE_CLASSES,
  SizeClass,
  SMALL_TABLE,
  SMALL_TABLE_PAGES,
  slotOf,
  TABLE,
} from './pool';
import { beginReading, fault, heapEnd, inside, isReadable, pagesToRead, stretch } from './reading';
import {
  broken,
  DEAD,
  FIELD_NEXT_SLOT,
  FIELD_PAGE_KIND,
  FIELD_SLOT,
  FREE,
  field,
  LISTED,
  link,
  META,
  RULE_LINK,
  RULE_LOOP,
  RULE_PAGE,
  RULE_STATE,
  RULE_UNUSED_SLOT,
  RULE_WRONG_LIST,
  row,
  SLOT,
  TOP,
  USED,
} from './sink';

/** Can the page table be read for all pages below `fresh`? */
function tableIsSound(): bool {
  const pool = changetype<Pool>(STATE);
  const table = pool.table;
  if (!isReadable(STATE_END)) return false;
  if (pool.fresh > pagesToRead() || pool.fresh < <u32>(pool.base >> 16)) return false;
  if (table == SMALL_TABLE) return pool.fresh <= SMALL_TABLE_PAGES;
  return (
    !(table & (PAGE - 1)) && inside(table, PAGE) && table >> 16 < pool.fresh && load<u8>(table + (table >> 16)) == TABLE
  );
}

function kindOf(page: u32): u32 {
  return load<u8>(changetype<Pool>(STATE).table + page);
}

function sizeClass(index: u32): SizeClass {
  return changetype<SizeClass>(SIZE_CLASSES + (index << 3));
}

export function walk(): void {
  if (!beginReading(STATE_END)) return;
  const pool = changetype<Pool>(STATE);
  if (!tableIsSound()) {
    broken(RULE_STATE, STATE + offsetof<Pool>('table'));
    stretch(DEAD, pool.base, heapEnd() - pool.base);
    return;
  }
  let page: u32 = pool.base >> 16;
  let at = pool.base;
  while (page < pool.fresh) {
    const kind = kindOf(page);
    let next = page + 1;
    if (kind == RUN || kind == RUN_FREE) {
      const rest: u32 = kind == RUN ? RUN_REST : RUN_FREE;
      while (next < pool.fresh && kindOf(next) == rest) next += 1;
    }
    const bytes: u32 = (next << 16) - at;
    if (kind >= 1 && kind <= CLASSES) walkSlots(page, kind - 1);
    else if (kind == RUN) stretch(USED, at, bytes);
    else if (kind == RUN_FREE) stretch(LISTED, at, bytes);
    else if (kind == TABLE && at == pool.table) stretch(META, at, bytes);
    else {
      if (kind != PASSED) broken(RULE_PAGE, at);
      stretch(DEAD, at, bytes);
    }
    page = next;
    at = page << 16;
  }
  stretch(TOP, at, heapEnd() - at);
  checkUnused();
}

function walkSlots(page: u32, index: u32): void {
  const slot = slotOf(index);
  const start = max(page << 16, changetype<Pool>(STATE).base);
  const unused = sizeClass(index).next;
  let at = firstSlot(page, slot);
  // A page that the base cuts short may end before its first slot.
  let room: u32 = ((page + 1) << 16) - start;
  if (at - start > room) at = start + room;
  stretch(DEAD, start, at - start);
  room -= at - start;
  const slots = room / slot;
  // Those from the next unused one on wait in no list.
  let used = slots;
  if (unused && unused >> 16 == page) used = unused <= at ? 0 : min(slots, <u32>((unused - at + slot - 1) / slot));
  row(SLOT, at, slot, used);
  row(FREE, at + used * slot, slot, slots - used);
  stretch(DEAD, at + slots * slot, room - slots * slot);
}

/** The next unused slot of a class is a slot of that class. */
function checkUnused(): void {
  for (let index: u32 = 0; index < CLASSES; index += 1) {
    const unused = sizeClass(index).next;
    if (unused && !isSlot(unused, index)) broken(RULE_UNUSED_SLOT, unused);
  }
}

function isSlot(at: usize, index: u32): bool {
  const page = at >> 16;
  const slot = slotOf(index);
  if (!inside(at, slot) || page >= changetype<Pool>(STATE).fresh || kindOf(page) != index + 1) return false;
  const first = firstSlot(page, slot);
  return at >= first && (at - first) % slot == 0 && (at & (PAGE - 1)) + slot <= PAGE;
}

export function lists(): void {
  if (!tableIsSound()) return;
  for (let index: u32 = 0; index < CLASSES; index += 1) if (!follow(index)) return;
  const pool = changetype<Pool>(STATE);
  let before: u32 = 0;
  for (let page: u32 = pool.base >> 16; page < pool.fresh; page += 1) {
    const kind = kindOf(page);
    if (kind == RUN_FREE && before != RUN_FREE) {
      if (page < pool.lowest) broken(RULE_STATE, STATE + offsetof<Pool>('lowest'));
      link(CLASSES, page << 16);
    }
    before = kind;
  }
}

/** Along one list; a list that runs into itself is found out after at most three times its length (Brent's method). */
function follow(index: u32): bool {
  let at = sizeClass(index).free;
  let anchor: usize = 0;
  let steps: u32 = 0;
  let lap: u32 = 1;
  while (at) {
    if (!inside(at, 16)) return fault(RULE_LINK, at);
    if (!isSlot(at, index)) return fault(RULE_WRONG_LIST, at);
    if (at == anchor) return fault(RULE_LOOP, at);
    if (steps == lap) {
      anchor = at;
      lap <<= 1;
      steps = 0;
    }
    steps += 1;
    link(index, at);
    at = load<usize>(at);
  }
  return true;
}

/** What the page table says of the page that the slot or run lies in, and where a slot that was freed leads. */
export function fields(payload: usize, free: bool): void {
  if (!tableIsSound()) return;
  const page: u32 = payload >> 16;
  if (page >= changetype<Pool>(STATE).fresh) return;
  const kind = kindOf(page);
  const entry = changetype<Pool>(STATE).table + page;
  field(FIELD_PAGE_KIND, entry, 1, kind);
  if (kind == 0 || kind > CLASSES) return;
  field(FIELD_SLOT, entry, 1, slotOf(kind - 1));
  // A slot that was never used is in no list.
  const unused = sizeClass(kind - 1).next;
  const fresh = unused && unused >> 16 == page && payload >= unused;
  if (free && !fresh && isSlot(payload, kind - 1)) field(FIELD_NEXT_SLOT, payload, 4, load<u32>(payload));
}
