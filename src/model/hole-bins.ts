import type { Survey } from './metrics.ts';
import type { Bytes } from './units.ts';

/** Bins of the histogram go from 2⁴ to 2¹⁸ bytes; what is smaller or larger stands in the first and the last. */
export const FIRST_BIN = 4;
export const LAST_BIN = 18;
export const HOLE_BINS = LAST_BIN - FIRST_BIN + 1;

/** What stands beneath the axis, each where its bin begins; the last has no room to its right and ends with the axis. */
export const HOLE_LABELS: readonly { readonly text: string; readonly bin: number }[] = [
  4, 6, 8, 10, 12, 14, 16, 18,
].map((power) => ({ text: power < 10 ? String(2 ** power) : `${2 ** (power - 10)}k`, bin: power - FIRST_BIN }));

export interface HoleBin {
  /** 0 to `HOLE_BINS − 1`: holes of 2^(bin + `FIRST_BIN`) bytes and more, below twice that. */
  readonly bin: number;
  readonly holes: number;
  readonly bytes: Bytes;
}

/** Least size of a bin, and the first size beyond it. */
export const binFrom = (bin: number): Bytes => 2 ** (bin + FIRST_BIN);
export const binEnd = (bin: number): Bytes => 2 ** (bin + FIRST_BIN + 1);

/** Holes and bytes of each bin, gathered from the survey's powers of two. */
export function holeBins(survey: Survey): HoleBin[] {
  const out = Array.from({ length: HOLE_BINS }, (_, bin) => ({ bin, holes: 0, bytes: 0 }));
  survey.histogramCount.forEach((holes, power) => {
    const bin = out[Math.min(LAST_BIN, Math.max(FIRST_BIN, power)) - FIRST_BIN]!;
    bin.holes += holes;
    bin.bytes += survey.histogramBytes[power]!;
  });
  return out;
}

/** The most bytes in one bin of any survey, so that lanes share a scale. */
export function tallestBin(surveys: readonly (Survey | null)[]): Bytes {
  let most = 0;
  for (const survey of surveys)
    if (survey !== null) for (const { bytes } of holeBins(survey)) most = Math.max(most, bytes);
  return most;
}

/** Where a size stands on the axis, from 0 to 1: logarithmic, bin by bin. */
export function placeOnAxis(bytes: Bytes): number {
  return Math.min(0.995, Math.max(0, (Math.log2(Math.max(1, bytes)) - FIRST_BIN) / HOLE_BINS));
}
