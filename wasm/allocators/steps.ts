// What the instrumented build does beside its work: it counts search steps, and it stops a walk that goes round in
// circles. Compiled with `--use COUNT_STEPS=1`; without it both functions are empty and leave no trace in the module.

/** Search steps of this call, u32. The caller sets it to 0 before. */
export const STEPS: usize = 4;
/** How many chunks one walk may visit, u32, set by the caller; 0 for any number. */
export const BOUND: usize = 8;
/** Where a walk that visited more gave up, u32. The call traps; else it stays as it was. */
export const LOOP: usize = 12;

/** One free chunk, slot or node was read to decide whether it serves. */
export function step(): void {
  if (isDefined(COUNT_STEPS)) store<u32>(STEPS, load<u32>(STEPS) + 1);
}

/**
 * A walk that has visited `visited` chunks arrives at `chunk`; gives the count with it. A sound heap never comes near
 * the bound, so this can change no address; a list that a double free has closed into a ring ends here.
 */
export function visit(visited: u32, chunk: usize): u32 {
  if (isDefined(COUNT_STEPS)) {
    const bound = load<u32>(BOUND);
    if (bound != 0 && visited >= bound) {
      store<u32>(LOOP, <u32>chunk);
      unreachable();
    }
    return visited + 1;
  }
  return 0;
}
