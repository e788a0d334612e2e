import { bytesWays } from './bytes-ways.ts';
import type { Exports } from './exports.ts';
import { numbersWays } from './numbers-ways.ts';
import type { Kind } from './payload.ts';
import { stringsWays } from './strings-ways.ts';
import { structsWays } from './structs-ways.ts';
import type { Way } from './way.ts';

/**
 * All ways of a kind for a payload of n bytes, over fresh views. The payload lies in memory when this returns; so does its
 * JSON, unless that is not wanted: it takes four times the room and longer to make than all else.
 */
export function waysOf(kind: Kind, wasm: Exports, n: number, withJson: boolean): Way[] {
  return WAYS[kind](wasm, n, withJson).map((way) => {
    if (way.direction !== 'in') return way;
    // What lies there must have come this way: wipe, bring, then add up.
    const check = () => {
      new Uint8Array(wasm.memory.buffer, wasm.payload(), n).fill(0);
      way.run(1);
      return way.check();
    };
    return { ...way, check };
  });
}

const WAYS = { bytes: bytesWays, numbers: numbersWays, structs: structsWays, strings: stringsWays } as const;
