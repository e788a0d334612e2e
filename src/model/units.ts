/** Units as types: a name says what is counted, the compiler does not mix them up by accident in a signature. */
export type Bytes = number;
/** Pages of 64 KiB, WebAssembly's unit of growth. */
export type Pages = number;
/** An address in linear memory, 0 to 2³²−1; 0 is null. */
export type Addr = number;
/** How many operations are done: 0 before the first, n after operation n. */
export type Position = number;
/** Number of an operation, from 1; operation t leads to position t. */
export type OperationNumber = number;
export type CssPx = number;
export type DevicePx = number;

export const PAGE_BYTES = 65_536;
/** 4 GiB: all that a 32-bit memory can address. */
export const MAX_PAGES = 65_536;
/** The largest size that a request can carry. */
export const MAX_SIZE = 0xffff_ffff;

/** Limits of the language and of imports (`language.md` 6). They may rise in a later version, never fall. */
export const LIMITS = {
  scriptBytes: 1_048_576,
  operations: 5_000_000,
  steps: 100_000_000,
  traceBytes: 256 * 1024 * 1024,
  /** Marks, notes, pauses and checks, each. */
  stations: 100_000,
  findingsPerLine: 1_000,
  fillTextBytes: 64,
} as const;
