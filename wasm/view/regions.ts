// Where the view's structures live. The page hands out regions of this module's memory and takes them back when a lane
// or a picture goes, so that nothing is ever copied to make room.

/** A zeroed region, a multiple of 16; the page remembers whose it is. Memory may have grown afterwards. */
export declare function reserve(bytes: u32): usize;

export declare function release(region: usize): void;

export const PAGE_BYTES: u32 = 65536;
export const PAGE_SHIFT: u64 = 16;
/** 4 GiB: all that a 32-bit memory can address. */
export const MAX_PAGES: u32 = 65536;
/** Tiles of 1 KiB in a page, as finely as live bytes are kept. */
export const TILES: u32 = 64;
export const TILE_BYTES: u32 = 1024;
