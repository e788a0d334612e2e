import { ALLOCATORS, type LaneAllocator } from '../../model/lanes.ts';
import { allocators } from '../../model/strings/allocators.ts';
import type { Bytes } from '../../model/units.ts';

/** What a free list is for. `bytes`: of one of its holes, by which a pool's slots are named. */
export function listName({ id }: LaneAllocator, list: number, bytes: Bytes): string {
  const { kind, align } = ALLOCATORS[id];
  if (kind === 'wee') return allocators.weeList(list);
  if (kind === 'tlsf') return allocators.tlsfList(list);
  return kind === 'dlmalloc' ? allocators.dlmallocList(list, align) : allocators.poolList(list, bytes);
}
