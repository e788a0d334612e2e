import { grouped } from './numbers.ts';

/** Texts of a map as a picture of its own. */
export const mapPictureStrings = {
  save: 'Save map as PNG',
  failed: 'No picture was made: this browser cannot draw one. Take a screenshot instead.',
  position: (scenario: string, position: number, count: number) =>
    `${scenario}, op ${grouped(position)} of ${grouped(count)}`,
  part: (from: number, to: number, all: number) => `pages ${grouped(from)} to ${grouped(to)} of ${grouped(all)}`,
};
