import type { Bytes } from '../../model/units.ts';
import type { Measure } from '../measure.ts';

/** The same program: structs that the host collects, malloc and free, a collector of one's own, JavaScript's objects. */
export const FORMS = ['gc', 'linear', 'collector', 'objects'] as const;
export type Form = (typeof FORMS)[number];

export interface FormData {
  readonly form: Form;
  /** Of the module's file; 0 for JavaScript, which needs none. */
  readonly bytes: Bytes;
  /** What `walk` adds up to: the same in every form. */
  readonly sum: number;
  /** One program of n nodes and n records. */
  readonly build: Measure;
  readonly walk: Measure;
  readonly drop: Measure;
  /** One field read from JavaScript: directly (a view, a property) where that is possible, and by a call of the module. */
  readonly direct: Measure | null;
  readonly call: Measure;
  /** Bytes of linear memory after building; null where there is none. */
  readonly memory: Bytes | null;
}

export interface GcData {
  readonly n: number;
  readonly forms: readonly FormData[];
  /** One collection of the collector in linear memory with everything live, by objects; `collections` of one build. */
  readonly pauses: readonly { readonly objects: number; readonly time: Measure }[];
  readonly collections: number;
  readonly seen: Seen | null;
}

/** What JavaScript saw of a struct and of an address, as it happened. */
export interface Seen {
  readonly type: string;
  readonly field: string;
  readonly keys: number;
  readonly write: string;
  readonly value: number;
  readonly memory: string;
  readonly address: number;
  readonly read: number;
}
