import type { ByteReading, ChunkName, PageReading } from '../model/inspection.ts';
import type { Addr } from '../model/units.ts';

/** What the inspector knows. Readings carry their position, so a view knows by itself whether they are stale. */
export interface Inspection {
  /** Payload of the hole or stretch picked in the page; blocks are selected for the whole page instead. */
  readonly picked: Addr | null;
  /** Which stretch of `BYTE_WINDOW` bytes of the chunk is read, from 0. */
  readonly window: number;
  /** `lane`: key of the lane that it was read from. */
  readonly page: { readonly lane: string; readonly reading: PageReading } | null;
  readonly bytes: { readonly lane: string; readonly chunk: ChunkName; readonly reading: ByteReading } | null;
}

export const NO_INSPECTION: Inspection = { picked: null, window: 0, page: null, bytes: null };
