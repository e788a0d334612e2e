// What all lanes share: the operations, as far as they change who holds which bytes.

/** Operation gives a block of the lane its place. */
export const GRANTS: u32 = 1;
/** It ends the place that `prev` gave. */
export const ENDS: u32 = 2;
/** It gives a block of the program its bytes: not so a chunk of a program's arena. */
export const HOLDS: u32 = 4;
/** It ends the program's block that `prev` gave. */
export const DROPS: u32 = 8;
/** It ends every block placed in an arena of the program: those on its list. */
export const REWINDS: u32 = 16;

export let count: u32 = 0;
/** u8 an operation: bits as above. */
export let actions: usize = 0;
/** u32 an operation: the operation that last gave the block its place; of one that rewinds, where its list is: a count (u32), then as many operations. */
export let prevs: usize = 0;
export let sizes: usize = 0;
export let lines: usize = 0;
/** u32 an operation: the operation that ends the place it gave, 0 for none. */
export let ends: usize = 0;
/** Live bytes are kept up for lines below this; 0 where there are too many lines to keep them. */
export let keptLines: u32 = 0;

export function setColumns(
  operations: u32,
  actionColumn: usize,
  prevColumn: usize,
  sizeColumn: usize,
  lineColumn: usize,
  endColumn: usize,
  linesKept: u32,
): void {
  count = operations;
  actions = actionColumn;
  prevs = prevColumn;
  sizes = sizeColumn;
  lines = lineColumn;
  ends = endColumn;
  keptLines = linesKept;
}

export function actionOf(k: u32): u32 {
  return load<u8>(actions + k);
}

export function prevOf(k: u32): u32 {
  return load<u32>(prevs + ((<usize>k) << 2));
}

export function lineOf(k: u32): u32 {
  return load<u32>(lines + ((<usize>k) << 2));
}

export function endOf(k: u32): u32 {
  return load<u32>(ends + ((<usize>k) << 2));
}
