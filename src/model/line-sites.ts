import { SITES } from './heap-frame.ts';
import { type Operations, OpFlag, OpKind } from './operations.ts';

const chosen = new WeakMap<Operations, readonly number[]>();

/**
 * The five lines that get a colour when maps are coloured by line: those whose blocks held most bytes at once at any
 * position of the run, most first, the lower line where two are equal. It follows from the operations alone, so a line has
 * one colour in all lanes and at all positions. Blocks of a program's own arena count as the chunk they lie in. Lines that
 * never hold a byte are left out.
 *
 * One pass, about 10 ns an operation; worked out once a run.
 */
export function lineSites(operations: Operations): readonly number[] {
  let sites = chosen.get(operations);
  if (sites === undefined) {
    sites = choose(operations);
    chosen.set(operations, sites);
  }
  return sites;
}

function choose({ count, kind, flags, size, prev, line }: Operations): readonly number[] {
  let last = 0;
  for (let k = 0; k < count; k++) if (line[k]! > last) last = line[k]!;
  const live = new Float64Array(last + 1);
  const peak = new Float64Array(last + 1);
  const ended = new Uint8Array(count);
  for (let k = 0; k < count; k++) {
    const resizes = kind[k] === OpKind.Realloc;
    if (resizes || kind[k] === OpKind.Free) {
      const before = prev[k]! - 1;
      if (before >= 0 && (flags[k]! & OpFlag.Misuse) === 0 && ended[before] === 0) {
        ended[before] = 1;
        live[line[before]!]! -= size[before]!;
      }
    }
    if (resizes || kind[k] === OpKind.Alloc) {
      const at = line[k]!;
      live[at]! += size[k]!;
      if (live[at]! > peak[at]!) peak[at] = live[at]!;
    }
  }
  const best: number[] = [];
  for (let at = 0; at <= last; at++) {
    if (peak[at]! === 0 || (best.length === SITES && peak[at]! <= peak[best[SITES - 1]!]!)) continue;
    let place = best.length;
    while (place > 0 && peak[best[place - 1]!]! < peak[at]!) place--;
    best.splice(place, 0, at);
    if (best.length > SITES) best.pop();
  }
  return best;
}
