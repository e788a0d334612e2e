let kept;

/** ns of one of `count` in a call of `batch(count)`, the fastest of seven that last 20 ms at least. */
export function timeBatch(batch) {
  const ms = (count) => {
    const from = performance.now();
    batch(count);
    return performance.now() - from;
  };
  let count = 1;
  // Something else may hold one batch up, hardly two.
  while (Math.min(ms(count), ms(count)) < 20) count *= 2;
  return (Math.min(...Array.from({ length: 7 }, () => ms(count))) * 1e6) / count;
}

/** ns of one call. */
export const time = (work) =>
  timeBatch((count) => {
    for (let i = 0; i < count; i++) kept = work();
  });

/** What the last call gave: it is kept, so no engine leaves the work out. */
export const last = () => kept;
