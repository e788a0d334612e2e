// The same program in linear memory with a collector of its own: what a language that collects brings along when it does
// not use the host's. Mark and sweep over one arena, the simplest there is.
//
//   4,096 ..   roots: a shadow stack. Wasm's own stack cannot be read, so every reference that must survive a
//              collection while a function runs is written here as well
//   65,536 ..  objects side by side to `top`, each with a header of 8 bytes; the arena grows when too little was garbage
//
//   header: +0 bytes of the object, header included, a multiple of 8  +4 kind, and the mark
//   free:   kind FREE, +8 the next free object
//
// A collection stops everything: it follows all that is live, then passes over every object there is.

const PAGE: usize = 65536;
const ROOTS: usize = 4096;
const START: usize = PAGE;
const HEADER: usize = 8;
/** Allocated since the last collection before the next one begins, at least. */
const PATIENCE: usize = 1 << 20;

const FREE: u32 = 0;
const NODE: u32 = 1;
const RECORD: u32 = 2;
const TEXT: u32 = 3;
const MARK: u32 = 4;

const LENGTH: usize = 12;

let top: usize = START;
let free: usize = 0;
let since: usize = 0;
let live: usize = 0;
let roots: usize = ROOTS;
let root_: usize = 0;
let list: usize = 0;
let rounds: i32 = 0;

function push(object: usize): void {
  store<usize>(roots, object);
  roots += 4;
}

function pop(): usize {
  roots -= 4;
  return load<usize>(roots);
}

function mark(object: usize): void {
  // Along the list in a loop, so that its length is no depth.
  while (object) {
    const header = object - HEADER;
    const kind = load<u32>(header, 4);
    if (kind & MARK) return;
    store<u32>(header, kind | MARK, 4);
    live += load<u32>(header);
    if (kind == TEXT) return;
    if (kind == NODE) {
      mark(load<usize>(object, 4));
      object = load<usize>(object, 8);
    } else {
      mark(load<usize>(object, 8));
      object = load<usize>(object, 12);
    }
  }
}

/** Passes over all objects: marks go, garbage becomes free, free neighbours one. */
function sweep(): void {
  free = 0;
  let last: usize = 0;
  for (let at = START; at < top; ) {
    const bytes = load<u32>(at);
    const kind = load<u32>(at, 4);
    if (kind & MARK) {
      store<u32>(at, kind & ~MARK, 4);
      last = 0;
    } else if (last) {
      store<u32>(last, load<u32>(last) + bytes);
    } else {
      store<u32>(at, FREE, 4);
      store<usize>(at, free, HEADER);
      free = at;
      last = at;
    }
    at += bytes;
  }
}

/** Stops and collects; the bytes that are live. */
export function collect(): usize {
  live = 0;
  mark(root_);
  mark(list);
  for (let at = ROOTS; at < roots; at += 4) mark(load<usize>(at));
  sweep();
  since = 0;
  rounds++;
  return live;
}

/** Takes an object of so many bytes from the front of a free one, or from beyond the top. 0 when memory is at its end. */
function take(bytes: usize): usize {
  let before: usize = 0;
  for (let at = free; at; before = at, at = load<usize>(at, HEADER)) {
    const there = load<u32>(at);
    // The rest must be able to be a free object itself.
    if (there != bytes && there < bytes + 2 * HEADER) continue;
    let next = load<usize>(at, HEADER);
    if (there > bytes) {
      const rest = at + bytes;
      store<u32>(rest, <u32>(there - bytes));
      store<u32>(rest, FREE, 4);
      store<usize>(rest, next, HEADER);
      next = rest;
    }
    if (before) store<usize>(before, next, HEADER);
    else free = next;
    return at;
  }
  const missing = <i32>((top + bytes + PAGE - 1) / PAGE) - memory.size();
  if (missing > 0 && memory.grow(max(missing, 16)) < 0) return 0;
  const at = top;
  top += bytes;
  return at;
}

function make(payload: usize, kind: u32): usize {
  const bytes = (payload + HEADER + 7) & ~7;
  if (since + bytes > max(PATIENCE, live)) collect();
  since += bytes;
  const header = take(bytes);
  store<u32>(header, <u32>bytes);
  store<u32>(header, kind, 4);
  memory.fill(header + HEADER, 0, bytes - HEADER);
  return header + HEADER;
}

function tree(from: i32, to: i32): usize {
  if (from >= to) return 0;
  const middle = (from + to) >>> 1;
  const node = make(12, NODE);
  push(node);
  store<i32>(node, middle);
  store<usize>(node, tree(from, middle), 4);
  store<usize>(node, tree(middle + 1, to), 8);
  return pop();
}

/** A number as twelve digits. */
function digits(n: u32): usize {
  const text = make(4 + LENGTH, TEXT);
  store<u32>(text, <u32>LENGTH);
  for (let at = LENGTH; at > 0; at--, n /= 10) store<u8>(text + 3 + at, 48 + (n % 10));
  return text;
}

export function build(n: i32): void {
  root_ = tree(0, n);
  for (let i = 0; i < n; i++) {
    push(digits(i));
    const record = make(16, RECORD);
    store<i32>(record, i);
    store<i32>(record, (i * 7919) % 1000, 4);
    store<usize>(record, pop(), 8);
    store<usize>(record, list, 12);
    list = record;
  }
}

function sum(node: usize): i32 {
  return node ? load<i32>(node) + sum(load<usize>(node, 4)) + sum(load<usize>(node, 8)) : 0;
}

/** Adds up every value, every field of every record and every character. */
export function walk(): i32 {
  let total = sum(root_);
  for (let record = list; record; record = load<usize>(record, 12)) {
    total += load<i32>(record) + load<i32>(record, 4);
    const name = load<usize>(record, 8);
    const length = load<u32>(name);
    for (let at: u32 = 0; at < length; at++) total += load<u8>(name + 4 + at);
  }
  return total;
}

/** Lets go of everything and collects it. */
export function drop(): void {
  root_ = 0;
  list = 0;
  collect();
}

/** Collections so far. */
export function collections(): i32 {
  return rounds;
}

export function root(): usize {
  return root_;
}

export function value(node: usize): i32 {
  return load<i32>(node);
}
