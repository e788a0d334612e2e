import { LIMITS } from '../../model/units.ts';
import { STATE_FILE } from '../state-file.ts';

/** The layout of a record. Newer code reads older layouts; older code leaves newer ones alone. */
export const SCHEMA = 1;

/** A piece of work as it is kept. What it holds is the text of a state file, so one reader and its bounds serve both. */
export interface WorkRecord {
  readonly schema: typeof SCHEMA;
  /** Ascends over all records with each save. Which one is newest follows from it: clocks are set back. */
  readonly revision: number;
  /** Milliseconds since 1970; to be shown, nothing follows from it. */
  readonly saved: number;
  /** The visitor's own, and so listed: no scenario as it comes with the page. */
  readonly own: boolean;
  readonly name: string;
  /** A state file; the operation list of a recording is empty in it, its bytes stand apart. */
  readonly text: string;
}

export type Stored =
  | { readonly kind: 'record'; readonly record: WorkRecord }
  /** Of a layout that this page does not know: a newer one wrote it. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'damaged' };

/** A script of the language's limit, every character of it escaped, and settings. */
const MAX_TEXT = 6 * LIMITS.scriptBytes + 65_536;

/** Reads what was stored under an id; anything may be there. */
export function readRecord(value: unknown): Stored {
  if (typeof value !== 'object' || value === null) return { kind: 'damaged' };
  const { schema, revision, saved, own, name, text } = value as Partial<Record<keyof WorkRecord, unknown>>;
  if (typeof schema === 'number' && schema > SCHEMA) return { kind: 'newer' };
  const right =
    schema === SCHEMA &&
    isRevision(revision) &&
    typeof saved === 'number' &&
    Number.isFinite(saved) &&
    typeof own === 'boolean' &&
    typeof name === 'string' &&
    name.length <= STATE_FILE.name &&
    typeof text === 'string' &&
    text.length <= MAX_TEXT;
  return right ? { kind: 'record', record: { schema, revision, saved, own, name, text } } : { kind: 'damaged' };
}

export function isRevision(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
}
