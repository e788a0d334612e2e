// The program of the lab about WasmGC in linear memory, with malloc and free (dlmalloc, compiled in): a balanced tree of n
// nodes, a list of n records, a string in each. Whoever lets go of something has to free it, and all that hangs from it.
import { alloc, dealloc, init } from '../allocators/dlmalloc';

const BASE: usize = 4096;

@unmanaged
class Node {
  value: i32;
  left: Node | null;
  right: Node | null;
}

@unmanaged
class Record {
  id: i32;
  score: i32;
  name: usize;
  /** Address of the next record, 0 for none. */
  next: usize;
}

/** A string: its length, then its bytes. */
const LENGTH: u32 = 12;
const TEXT: u32 = 4 + LENGTH;

let ready = false;
let root_: Node | null = null;
let list: usize = 0;

function tree(from: i32, to: i32): Node | null {
  if (from >= to) return null;
  const middle = (from + to) >>> 1;
  const node = changetype<Node>(alloc(offsetof<Node>(), 0));
  node.value = middle;
  node.left = tree(from, middle);
  node.right = tree(middle + 1, to);
  return node;
}

/** A number as twelve digits. */
function digits(n: u32): usize {
  const text = alloc(TEXT, 0);
  store<u32>(text, LENGTH);
  for (let at = LENGTH; at > 0; at--, n /= 10) store<u8>(text + 3 + at, 48 + (n % 10));
  return text;
}

export function build(n: i32): void {
  if (!ready) init(BASE, 0, 0);
  ready = true;
  root_ = tree(0, n);
  for (let i = 0; i < n; i++) {
    const record = changetype<Record>(alloc(offsetof<Record>(), 0));
    record.id = i;
    record.score = (i * 7919) % 1000;
    record.name = digits(i);
    record.next = list;
    list = changetype<usize>(record);
  }
}

function sum(node: Node | null): i32 {
  return node ? node.value + sum(node.left) + sum(node.right) : 0;
}

/** Adds up every value, every field of every record and every character. */
export function walk(): i32 {
  let total = sum(root_);
  for (let at = list; at; at = changetype<Record>(at).next) {
    const record = changetype<Record>(at);
    total += record.id + record.score;
    const length = load<u32>(record.name);
    for (let i: u32 = 0; i < length; i++) total += load<u8>(record.name + 4 + i);
  }
  return total;
}

function release(node: Node | null): void {
  if (!node) return;
  release(node.left);
  release(node.right);
  dealloc(changetype<usize>(node), offsetof<Node>(), 0);
}

export function drop(): void {
  release(root_);
  root_ = null;
  while (list) {
    const record = changetype<Record>(list);
    list = record.next;
    dealloc(record.name, TEXT, 0);
    dealloc(changetype<usize>(record), offsetof<Record>(), 0);
  }
}

export function root(): usize {
  return changetype<usize>(root_);
}

export function value(node: usize): i32 {
  return changetype<Node>(node).value;
}
