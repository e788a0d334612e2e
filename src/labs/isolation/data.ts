import type { Addr, Bytes } from '../../model/units.ts';
import type { Measure } from '../measure.ts';

export const SCENES = ['payload', 'header', 'static', 'stack'] as const;
export type Scene = (typeof SCENES)[number];

export const GUARDS = ['none', 'canary', 'zones', 'poison', 'quarantine', 'integrity', 'all'] as const;
export type Guard = (typeof GUARDS)[number];

export const MISUSES = ['one', 'over', 'jump', 'before', 'write', 'read', 'twice'] as const;
export type Misuse = (typeof MISUSES)[number];

/** Reported by the guard with the fault's number, seen in the value read, trapped, or neither. */
export type Catch = 'reported' | 'seen' | 'trapped' | 'missed';

/** What happened with two instances, and at the end of one's memory. */
export interface Borders {
  readonly wrote: number;
  readonly own: number;
  readonly others: number;
  readonly sameMemory: boolean;
  readonly end: Addr;
  readonly last: number;
  /** Name and message of what was thrown past the end, empty for nothing. */
  readonly past: string;
}

/** An overflow and the bytes round it, before and after. */
export interface SceneData {
  readonly id: Scene;
  readonly from: Addr;
  /** What was written to, and how many bytes it has. */
  readonly target: Addr;
  readonly size: Bytes;
  readonly wrote: Bytes;
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** One for each byte: 0 other, 1 the target, 2 what it runs over. */
  readonly parts: readonly number[];
  /** A value that the program relies on, before and after. */
  readonly value: readonly [before: number, after: number];
  /** Of the header: did the next request of 88 bytes get the neighbour's address, with a live block inside it? */
  readonly twoOwners: boolean;
  /** Was anything thrown? */
  readonly thrown: string;
}

export interface GuardData {
  readonly id: Guard;
  readonly catches: readonly Catch[];
  /** From one block of 28 bytes to the next. */
  readonly bytes: Bytes;
  /** One block given out and one freed. */
  readonly time: Measure;
}

export interface IsolationData {
  readonly borders: Borders | null;
  readonly scenes: readonly SceneData[];
  readonly guards: readonly GuardData[];
}
