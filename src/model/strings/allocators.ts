/** Why a heap is called corrupt, by the numbers of `wasm/allocators/sink.ts`. Each follows "corrupt at 0x…: ". */
const RULES: readonly string[] = [
  'a rule without a name',
  'the allocator’s own state makes no sense',
  'a chunk ends before its payload begins, or beyond the heap',
  'a chunk does not know its left neighbour',
  'the size behind a free chunk is not its size',
  'two free chunks lie side by side, unjoined',
  'a free list leads to something that is no free chunk',
  'a free list leads back into itself',
  'two free chunks of a list do not name each other',
  'a chunk is in the list for another size',
  'a free chunk is in no list',
  'the map of non-empty bins does not agree with the bins',
  'a header has bits that no header has',
  'a run of pages ends where no page does',
  'a cell waits to be joined with a left neighbour that is not next in its list',
  'the top chunk is not as long as the state says, or the chunk before it is free',
  'the page table says something that no page can be',
  'the next unused slot of a class is no slot of it',
  'the designated victim is not the free chunk that the state says',
  'a tree of free chunks is out of order',
];

/** One bin, list or tree of an allocator, as a visitor may read it. */
function treeRange(tree: number): string {
  const low = (tree & 1 ? 384 : 256) * 2 ** (tree >> 1);
  const high = (tree & 1 ? 512 : 384) * 2 ** (tree >> 1) - 16;
  return tree === 31 ? `${low} bytes and more` : `${low} to ${high} bytes`;
}

export const allocators = {
  rule: (number: number): string => RULES[number] ?? RULES[0]!,
  rules: RULES.length - 1,
  weeList: (list: number): string =>
    list === 0 ? 'main list' : `list for ${list} ${list === 1 ? 'word' : 'words'} (${4 * list} bytes)`,
  dlmallocList: (list: number): string => {
    if (list === 0) return 'designated victim';
    return list < 16 ? `bin of ${16 * list} bytes` : `tree of ${treeRange(list - 16)}`;
  },
  poolList: (list: number, slotBytes: number): string => (list === 40 ? 'freed runs' : `slots of ${slotBytes} bytes`),
} as const;
