// Where the provers keep what they know: in the memory that they prove, between an allocator's state and its heap base,
// where a program has its static data. Nothing of it may change under an allocator's hands, so a stray store shows too.
//
//   0x002000     blocks: address, size, alignment, usable · 16 B, by number
//   0x102000     numbers of the live blocks in address order · 4 B
//   0x142000     what a walk found free: payload, kind and mark · 8 B, in address order
//   0x342000     the program: kind, block, size, alignment · 16 B an operation
//   0x442000     what it came to: address, pages · 8 B an operation
//   0x4c2000     stretches of 1 KiB that were ever written: a byte each; then their list
//   0x500000     images of those stretches, 1 MiB a depth of the exhaustive search
//   0xe00000     the lowest heap base, page 224

/** Blocks and operations that there is room for. */
export const ROOM: u32 = 65536;
export const FREE_ROOM: u32 = 262144;

export const BLOCKS: usize = 0x2000;
export const BLOCK_BYTES: usize = 16;
export const SORTED: usize = BLOCKS + <usize>ROOM * BLOCK_BYTES;
export const FOUND_FREE: usize = SORTED + <usize>ROOM * 4;
export const PROGRAM: usize = FOUND_FREE + <usize>FREE_ROOM * 8;
export const OPERATION_BYTES: usize = 16;
export const RESULTS: usize = PROGRAM + <usize>ROOM * OPERATION_BYTES;
export const RESULT_BYTES: usize = 8;

/** Grain of what is put back. */
export const STRETCH: usize = 1024;
/** Stretches below this address and from `LEAST_BASE` to `LEAST_BASE + IMAGE_BYTES` may be noted. */
export const STATE_STRETCHES: usize = 2048;
export const WRITTEN: usize = RESULTS + <usize>ROOM * RESULT_BYTES;
export const WRITTEN_LIST: usize = WRITTEN + 0x1000;
export const IMAGES: usize = 0x500000;
export const IMAGE_BYTES: usize = 0x100000;
export const LEAST_BASE: usize = 0xe00000;
