/** Blocks of up to 3 MiB: some 2 GiB in a few thousand operations, with holes of all sizes. */
export const TWO_GIBIBYTES = `seed 3
mark "open library"
repeat 2000 { p[] = alloc 200k..3M mostly small }
mark "edit"
free random 30% of p
repeat 400 { q[] = alloc 20k..900k }
mark "export"
free random 30% of q
repeat 500 { q[] = alloc 1k..200k }
mark "close albums"
free random 40% of p`;

/** One lane, the arena, takes 1,300 pages while the others stay within a few dozen. */
export const ONE_LONG_LANE = `repeat 1500 {
  b = alloc 40k..64k
  c[] = alloc 200
  free b
}`;
