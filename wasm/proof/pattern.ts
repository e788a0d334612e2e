// What a block holds: every word of it follows from the block's number and the word's offset, so that neither another
// block's bytes nor its own from elsewhere can pass for the right ones. Of a block above 64 KiB both ends are written,
// and 16 bytes every 64 KiB between: enough to be hit by whatever else believes itself there, and gigabytes stay untouched.

const WHOLE: usize = 65536;
const EDGE: usize = 32768;
const GAP: usize = 65536;

function wordOf(id: u32, offset: usize): u32 {
  const mixed = (id + 1) * 0x9e3779b1 + <u32>(offset >> 2) * 0x85ebca6b;
  return mixed ^ (mixed >> 15);
}

function byteOf(id: u32, offset: usize): u8 {
  return <u8>(wordOf(id, offset) >> <u32>((offset & 3) << 3));
}

/** Four words before they are mixed, for `offset` a multiple of 4. */
function fourOf(id: u32, offset: usize): v128 {
  const first = (id + 1) * 0x9e3779b1 + <u32>(offset >> 2) * 0x85ebca6b;
  return v128.add<u32>(v128.splat<u32>(first), v128.mul<u32>(i32x4(0, 1, 2, 3), v128.splat<u32>(0x85ebca6b)));
}

function mixed(four: v128): v128 {
  return v128.xor(four, v128.shr<u32>(four, 15));
}

const NEXT_FOUR: u32 = <u32>0x85ebca6b * 4;

function writeStretch(block: usize, id: u32, from: usize, to: usize): void {
  let offset = from;
  let four = fourOf(id, offset);
  for (; offset + 16 <= to; offset += 16) {
    v128.store(block + offset, mixed(four));
    four = v128.add<u32>(four, v128.splat<u32>(NEXT_FOUR));
  }
  for (; offset < to; offset++) store<u8>(block + offset, byteOf(id, offset));
}

/** Offset of the first byte that is not the pattern's, `to` if all are. */
function stretchHolds(block: usize, id: u32, from: usize, to: usize): usize {
  let offset = from;
  let four = fourOf(id, offset);
  for (; offset + 16 <= to; offset += 16) {
    if (v128.any_true(v128.xor(v128.load(block + offset), mixed(four)))) break;
    four = v128.add<u32>(four, v128.splat<u32>(NEXT_FOUR));
  }
  while (offset < to && load<u8>(block + offset) == byteOf(id, offset)) offset++;
  return offset;
}

/** Writes the pattern of block `id`, `size` bytes long. */
export function writePattern(block: usize, id: u32, size: usize): void {
  if (size <= WHOLE) {
    writeStretch(block, id, 0, size);
    return;
  }
  const tail = (size - EDGE) & ~3;
  writeStretch(block, id, 0, EDGE);
  for (let at = EDGE; at + 16 <= tail; at += GAP) writeStretch(block, id, at, at + 16);
  writeStretch(block, id, tail, size);
}

/** Does what was written into a block of `size` bytes stand in the first `bytes` bytes at `block`? */
export function holdsPattern(block: usize, id: u32, size: usize, bytes: usize): bool {
  if (size <= WHOLE) return stretchHolds(block, id, 0, bytes) == bytes;
  const tail = (size - EDGE) & ~3;
  const head = min(bytes, EDGE);
  if (stretchHolds(block, id, 0, head) != head) return false;
  for (let at = EDGE; at + 16 <= min(tail, bytes); at += GAP)
    if (stretchHolds(block, id, at, at + 16) != at + 16) return false;
  return bytes <= tail || stretchHolds(block, id, tail, bytes) == bytes;
}
