/** A million operations on small blocks, in four lanes. */
export const MILLION = {
  name: 'a million operations',
  script: `repeat 500000 {
  q[] = alloc 16..2k mostly small
  if count(q) > 2000 { free oldest of q }
}
mark "full"
free q`,
  lanes: ['wee-repaired', 'dlmalloc', 'arena', 'pool'],
};

/** Few large blocks up to the end of memory, 65,536 pages (wee 65,535) in each lane, then holes of all sizes. */
export const FOUR_GIBIBYTES = {
  name: 'four gigabytes',
  script: `repeat 520 { b[] = alloc 4M..12M }
repeat 400 { d[] = alloc 60000 }
mark "full"
free random 50% of b
repeat 300 { c[] = alloc 1M..6M }
free random 50% of c
free random 50% of d
repeat 200 { c[] = alloc 100k..2M }
free c`,
  lanes: ['wee-repaired', 'dlmalloc', 'arena', 'pool'],
};
