// Where a reader tells what it finds. The host gives these functions; a reader keeps nothing and never writes to the
// memory it reads, which may hold anything at all after a misuse: no word of it is believed before it is checked.

/** `bytes` from `start` on are of `kind`; the `header` bytes before them are metadata. In address order, without gaps. */
export declare function chunk(kind: u32, start: usize, header: u32, bytes: u32): void;
/** `chunks` stretches of `each` bytes side by side, none with a header: what as many calls of `chunk` would say. */
export declare function row(kind: u32, start: usize, each: u32, chunks: u32): void;
/** The chunk or slot with this payload comes next in free list `list`. */
export declare function link(list: u32, payload: usize): void;
/** `rule` does not hold at `address`. The first call counts. */
export declare function broken(rule: u32, address: usize): void;
/**
 * Field `which` of the chunk asked about: the `bytes` from `address` on hold it. A field that shares its bytes with others
 * (flags in the low bits of an address) comes with its own part alone.
 */
export declare function field(which: u32, address: usize, bytes: u32, value: u32): void;

// Kinds of bytes, as in src/model/metrics.ts.
export const STATIC: u32 = 0;
export const OWN_STATE: u32 = 1;
export const META: u32 = 2;
export const USED: u32 = 3;
export const FREE: u32 = 4;
export const DEAD: u32 = 5;
export const TOP: u32 = 6;
// Kinds that only the lists decide; the host does, once it has both.
/** Free if a list leads here, else dead: the allocator has lost it. */
export const FREE_OR_LOST: u32 = 7;
/** Free, and a list must lead here. */
export const LISTED: u32 = 8;
/** A slot: free if a list leads here, else in use. */
export const SLOT: u32 = 9;

// Rules, by the numbers of src/model/strings/allocators.ts.
export const RULE_STATE: u32 = 1;
export const RULE_CHUNK_END: u32 = 2;
export const RULE_LEFT: u32 = 3;
export const RULE_FOOT: u32 = 4;
export const RULE_FREE_NEIGHBOURS: u32 = 5;
export const RULE_LINK: u32 = 6;
export const RULE_LOOP: u32 = 7;
export const RULE_BACK_LINK: u32 = 8;
export const RULE_WRONG_LIST: u32 = 9;
export const RULE_UNLISTED: u32 = 10;
export const RULE_MAP: u32 = 11;
export const RULE_FLAGS: u32 = 12;
export const RULE_RUN_END: u32 = 13;
export const RULE_MERGE: u32 = 14;
export const RULE_TOP: u32 = 15;
export const RULE_PAGE: u32 = 16;
export const RULE_UNUSED_SLOT: u32 = 17;
export const RULE_VICTIM: u32 = 18;
export const RULE_TREE: u32 = 19;
export const RULE_BACK_REFERENCE: u32 = 20;
export const RULE_LEVELS: u32 = 21;
export const RULE_TAIL: u32 = 22;

// Fields of headers and of free chunks, by the numbers of src/model/strings/allocators.ts.
export const FIELD_WEE_END: u32 = 1;
export const FIELD_WEE_LAST: u32 = 2;
export const FIELD_WEE_ALLOCATED: u32 = 3;
export const FIELD_WEE_LEFT: u32 = 4;
export const FIELD_WEE_SLAB: u32 = 5;
export const FIELD_WEE_NEXT: u32 = 6;
export const FIELD_WEE_CAN_MERGE: u32 = 7;
export const FIELD_LEFT_SIZE: u32 = 8;
export const FIELD_SIZE: u32 = 9;
export const FIELD_CINUSE: u32 = 10;
export const FIELD_PINUSE: u32 = 11;
export const FIELD_FD: u32 = 12;
export const FIELD_BK: u32 = 13;
export const FIELD_LOWER: u32 = 14;
export const FIELD_UPPER: u32 = 15;
export const FIELD_TREE_LINK: u32 = 16;
export const FIELD_FOOT: u32 = 17;
export const FIELD_PAGE_KIND: u32 = 18;
export const FIELD_SLOT: u32 = 19;
export const FIELD_NEXT_SLOT: u32 = 20;
export const FIELD_TLSF_SIZE: u32 = 21;
export const FIELD_TLSF_FREE: u32 = 22;
export const FIELD_TLSF_LEFTFREE: u32 = 23;
export const FIELD_TLSF_PREV: u32 = 24;
export const FIELD_TLSF_NEXT: u32 = 25;
export const FIELD_TLSF_BACK: u32 = 26;
