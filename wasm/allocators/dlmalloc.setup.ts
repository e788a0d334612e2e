// How dlmalloc is set up. The same source makes three modules, because three of the builds that people run differ in
// nothing but what stands here and in how they ask for memory (`growTop` in dlmalloc.ts):
//
//                     wasi-libc            emscripten 3.1            Rust's std (dlmalloc-rs 0.2)
//   alignment         16                   8                         8
//   first memory      base to the end of   none: sbrk begins at the  none: grows for the first request, whatever
//                     the initial pages    base, byte by byte        lies between the base and the end
//   growth            whole pages, top     4,096 bytes at a time,    whole pages, top never subtracted
//                     subtracted           top subtracted
//   largest request   2³² − 65             2³² − 65                  2³² − 65,588
//   checks            `dealloc` leaves alone what was freed before, or has      none
//                     no sound word to its left or right
//   lead of an        a multiple of 16     at least 16, else the     more than 16, else the next aligned spot
//   aligned block                          next aligned spot
//
// Each constant is known when the module is compiled: what belongs to another build is not in it.

/** As emscripten's system library has it. */
export const EMSCRIPTEN: bool = isDefined(DLMALLOC_EMSCRIPTEN);
/** As the crate that Rust's standard library takes for wasm32-unknown-unknown has it. */
export const RUST: bool = isDefined(DLMALLOC_RUST);

/** Of every payload; chunk sizes are multiples of it too, from 16 up. */
export const ALIGN: u32 = EMSCRIPTEN || RUST ? 8 : 16;
/** The shortest chunk: its links and the foot that follows. */
export const LEAST: u32 = 16;
/** Where a chunk lies between two multiples of `ALIGN`, so that its payload, 8 bytes on, is on one. */
export const PHASE: u32 = 8 & (ALIGN - 1);
/** Kept free at the end of memory: a record of a segment as a chunk, the shortest chunk, and what aligns them. */
export const TOP_FOOT: u32 = PHASE + ((16 + 4 + ALIGN - 1) & ~(ALIGN - 1)) + LEAST;
/** What a request for memory adds to a chunk's size: the foot, and room to align. */
export const PADDING: u32 = TOP_FOOT + ALIGN;
/** Memory is asked for in multiples of this. */
export const GRANULE: u32 = EMSCRIPTEN ? 4096 : 65536;
/** From here on a request is refused at once. Rust's crate keeps clear of a sum that would wrap. */
export const REQUEST_LIMIT: u32 = RUST ? 0xfffeffcd : 0xffffffc0;
/** No more than this is asked for at once; the real ones compare with half of the address space. */
export const GROW_LIMIT: u32 = 0x7fffffff & ~(GRANULE - 1);
/** Does `dealloc` look whether a block was freed before, or its words were written over? It then does nothing. */
export const CHECKS: bool = !RUST;
/** The shortest lead that an aligned block gives back. */
export const LEAD_LEAST: u32 = RUST ? LEAST + 1 : LEAST;

/** Is a rest long enough to be a chunk? With an alignment of 16 it is, if there is any. */
export function splits(rest: u32): bool {
  return ALIGN == 16 ? rest != 0 : rest >= LEAST;
}
