/** What a stretch of bytes is, as the reader of an allocator's layout says. Every committed byte lies in exactly one span. */
export const SpanKind = {
  /** Below the heap base, not the allocator's. */
  Static: 0,
  /** The allocator's own state, wherever it lies. */
  State: 1,
  /** Headers, footers, page tables. */
  Header: 2,
  /** Usable bytes of a chunk in use: live and slack, told apart only by the operations. */
  Used: 3,
  /** Usable bytes of a chunk that a later request can be given. */
  Free: 4,
  Dead: 5,
  Top: 6,
} as const;
export type SpanKind = (typeof SpanKind)[keyof typeof SpanKind];
