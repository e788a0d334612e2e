/** Where a value lies on an axis, in px. */
export type Scale = (value: number) => number;

type Pair = readonly [number, number];

export function linearScale([low, high]: Pair, [from, to]: Pair): Scale {
  return (value) => from + ((value - low) / (high - low)) * (to - from);
}

export function logScale([low, high]: Pair, range: Pair): Scale {
  const linear = linearScale([Math.log(low), Math.log(high)], range);
  return (value) => linear(Math.log(value));
}

/** The powers of ten from `low` to `high`, both of them included. */
export function decades(low: number, high: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(`1e${first + i}`));
}

const short = (value: number) => Math.round(value * 100) / 100;

/** A line through points; it breaks where there is none. A point alone is a dot. */
export function linePath(points: readonly (Pair | null)[]): string {
  return stretches(points)
    .map((part) => `M${part.map(pair).join('L')}${part.length === 1 ? 'Z' : ''}`)
    .join('');
}

/** What lies between two lines over the same places. */
export function bandPath(
  places: readonly { readonly x: number; readonly low: number; readonly high: number }[],
): string {
  if (places.length === 0) return '';
  const there = places.map(({ x, high }) => pair([x, high]));
  const back = places.map(({ x, low }) => pair([x, low])).reverse();
  return `M${[...there, ...back].join('L')}Z`;
}

/** A line that holds its height up to the next point. */
export function stepPath(points: readonly Pair[]): string {
  return points.map(([x, y], i) => (i === 0 ? `M${pair([x, y])}` : `H${short(x)}V${short(y)}`)).join('');
}

const pair = ([x, y]: Pair) => `${short(x)},${short(y)}`;

/** The parts of a list between its nulls. */
export function stretches<T>(list: readonly (T | null)[]): T[][] {
  const parts: T[][] = [];
  let open = false;
  for (const one of list) {
    if (one !== null) {
      if (open) parts.at(-1)!.push(one);
      else parts.push([one]);
    }
    open = one !== null;
  }
  return parts;
}
