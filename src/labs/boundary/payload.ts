import type { Bytes } from '../../model/units.ts';

export const KINDS = ['bytes', 'numbers', 'structs', 'strings'] as const;
export type Kind = (typeof KINDS)[number];

/** A struct of four words, 16 bytes in linear memory. */
export interface Particle {
  id: number;
  x: number;
  y: number;
  flags: number;
}
export const PARTICLE_WORDS = 4;

export const letterAt = (i: number) => 97 + ((i * 7) % 26);
export const numberAt = (i: number) => (i * 7919) % 100_003;
/** Fields in the order of memory. */
export const wordAt = (i: number) => (i * 613) % 9973;

export function bytesOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => letterAt(i));
}

export function numbersOf(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => numberAt(i));
}

export function particlesOf(length: number): Particle[] {
  return Array.from({ length }, (_, k) => ({
    id: wordAt(4 * k),
    x: wordAt(4 * k + 1),
    y: wordAt(4 * k + 2),
    flags: wordAt(4 * k + 3),
  }));
}

export function stringOf(length: number): string {
  return new TextDecoder().decode(bytesOf(length));
}

/** The sum that every way of a kind must bring for a payload of so many bytes. Sums stay below 2³². */
export function sumOf(kind: Kind, bytes: Bytes): number {
  const [count, at] =
    kind === 'numbers' ? [bytes / 8, numberAt] : kind === 'structs' ? [bytes / 4, wordAt] : [bytes, letterAt];
  let sum = 0;
  for (let i = 0; i < count; i++) sum += at(i);
  return kind === 'numbers' ? sum : sum >>> 0;
}
