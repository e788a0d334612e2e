import { count, grouped } from './numbers.ts';

/** Texts of the grid that stands for a map where it is read out. */
export const mapGridStrings = {
  grid: (letter: string, name: string) => `Pages of lane ${letter}, ${name}`,
  cellName: (letter: string, page: number, live: string, selected: boolean) =>
    `Lane ${letter}, page ${grouped(page)}, ${live}${selected ? ', selected' : ''}`,
  cellLive: (ratio: number) => `${Math.round(ratio * 100)} percent live`,
  cellNotGrown: 'not grown yet',
  cellUntouched: 'untouched',
  cellStatic: 'static',
  cellFree: 'no live byte',
  cellDead: 'dead, held until the reset',
  holes: (amount: number) => count(amount, 'hole', 'holes'),
};
