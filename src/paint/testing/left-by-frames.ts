import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const ROUNDS = 3;

/**
 * For tests in Node: bytes of JavaScript's heap that a frame leaves behind, the least of three rounds of `frames`. Code
 * that is not yet compiled for good boxes more numbers, and on a busy machine it takes longer until it is.
 */
export function leftByFrames(paint: (frames: number) => void, frames: number): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  paint(5000);
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    collect();
    const before = process.memoryUsage().heapUsed;
    paint(frames);
    least = Math.min(least, (process.memoryUsage().heapUsed - before) / frames);
  }
  return least;
}
