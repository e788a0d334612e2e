/** Each kind of allocator with the guard before it, where it can stand. */
export const GUARDED_LANE_NAMES = ['wee-repaired-guard', 'dlmalloc-guard', 'tlsf-guard', 'pool-guard'] as const;
