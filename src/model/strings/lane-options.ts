import { GUARD_BYTES } from '../lanes.ts';
import { grouped } from './numbers.ts';

/** Texts of what changes lanes: their options, their places, another lane. */
export const laneOptionsStrings = {
  options: 'Options',
  optionsOf: (letter: string) => `Options of lane ${letter}`,
  allocator: 'Allocator',
  optionNames: {
    repaired: 'Repaired walk (its own cells are no longer lost)',
    noclasses: 'No size classes (every request walks the main list)',
    guard: 'Guard (red zones, canaries, poison, quarantine)',
  } as Readonly<Record<string, string>>,
  guarded: `Sizes are larger: each block takes ${GUARD_BYTES} bytes more, and freed ones wait in quarantine. What lies in front counts as metadata, canary and red zone behind as slack, quarantine as dead; the map shows it without a live byte. What the guard finds is listed with the findings.`,
  base: 'Heap base, bytes',
  initial: 'Initial pages',
  max: 'Maximum pages',
  fromScript: 'from the script',
  fill: 'Write a pattern after each allocation, 0x57 before each free',
  apply: 'Apply',
  badNumber: (label: string, max: number) => `${label}: a whole number from 0 to ${grouped(max)}, or nothing.`,
  remove: 'Remove lane',
  left: (letter: string) => `Move lane ${letter} to the left`,
  right: (letter: string) => `Move lane ${letter} to the right`,
  moveHint: (letter: string, name: string) =>
    `Lane ${letter}, ${name}: drag to another place, or move it in its options`,
  add: 'Add lane',
  addShort: '+ Lane',
  addNone: 'Four lanes are the most.',
};
