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
  'the word at the end of a free block does not lead to its header',
  'the bitmaps of the two levels do not agree with the lists',
  'the tail is not what the last block makes it',
];

/** How the value of a header's field reads. `page`: what a pool's page table says of a page. */
export type FieldForm = 'address' | 'bytes' | 'flag' | 'page';

/** Fields by the numbers of `wasm/allocators/sink.ts`: the name in the allocator's own source, and what it says. */
const FIELDS: readonly { readonly name: string; readonly form: FieldForm; readonly says: string }[] = [
  { name: 'word', form: 'address', says: '' },
  { name: 'end', form: 'address', says: 'where the next cell begins' },
  { name: 'NEXT_INVALID', form: 'flag', says: 'last cell of its run' },
  { name: 'ALLOCATED', form: 'flag', says: 'in use' },
  { name: 'left', form: 'address', says: 'cell before it in its run' },
  { name: 'SLAB', form: 'flag', says: 'a slab of small cells' },
  { name: 'link', form: 'address', says: 'next free cell of its list' },
  { name: 'CAN_MERGE', form: 'flag', says: 'waits to be joined with its left neighbour' },
  { name: 'foot', form: 'bytes', says: 'size of the free chunk before it' },
  { name: 'size', form: 'bytes', says: 'size of the whole chunk' },
  { name: 'CINUSE', form: 'flag', says: 'this chunk is in use' },
  { name: 'PINUSE', form: 'flag', says: 'the chunk before it is in use' },
  { name: 'fd', form: 'address', says: 'next chunk of its bin' },
  { name: 'bk', form: 'address', says: 'chunk before it in its bin' },
  { name: 'lower', form: 'address', says: 'tree below it, smaller sizes' },
  { name: 'upper', form: 'address', says: 'tree below it, larger sizes' },
  { name: 'link', form: 'address', says: 'word that leads to this node, 0 for none' },
  { name: 'foot', form: 'bytes', says: 'its size once more, behind it' },
  { name: 'page table', form: 'page', says: 'what this page is for' },
  { name: 'slot', form: 'bytes', says: 'size of every slot of this page' },
  { name: 'next', form: 'address', says: 'slot freed before this one' },
  { name: 'mmInfo', form: 'bytes', says: 'size of the payload' },
  { name: 'FREE', form: 'flag', says: 'this block is free' },
  { name: 'LEFTFREE', form: 'flag', says: 'the block before it is free' },
  { name: 'prev', form: 'address', says: 'block before it in its list' },
  { name: 'next', form: 'address', says: 'next block of its list' },
  { name: 'back', form: 'address', says: 'its own header, for the block behind it' },
];

/** A page of a pool as its page table's byte says. */
function poolPage(kind: number): string {
  if (kind >= 1 && kind <= 40) return `slots of class ${kind - 1}`;
  const kinds: Readonly<Record<number, string>> = {
    0: 'not given out',
    64: 'first page of a run',
    65: 'page of a run',
    66: 'page of a freed run',
    67: 'the page table itself',
    68: 'passed over',
  };
  return kinds[kind] ?? `no known kind, ${kind}`;
}

/** One bin, list or tree of an allocator, as a visitor may read it. */
function treeRange(tree: number, align: number): string {
  const low = (tree & 1 ? 384 : 256) * 2 ** (tree >> 1);
  const high = (tree & 1 ? 512 : 384) * 2 ** (tree >> 1) - align;
  return tree === 31 ? `${low} bytes and more` : `${low} to ${high} bytes`;
}

export const allocators = {
  rule: (number: number): string => RULES[number] ?? RULES[0]!,
  field: (id: number) => FIELDS[id] ?? FIELDS[0]!,
  poolPage,
  rules: RULES.length - 1,
  weeList: (list: number): string =>
    list === 0 ? 'main list' : `list for ${list} ${list === 1 ? 'word' : 'words'} (${4 * list} bytes)`,
  /** Bins are `align` bytes apart, and the trees are numbered after them. */
  dlmallocList: (list: number, align: number): string => {
    if (list === 0) return 'designated victim';
    const bins = 256 / align;
    return list < bins ? `bin of ${align * list} bytes` : `tree of ${treeRange(list - bins, align)}`;
  },
  /** Payloads: 16 bytes apart below 256, then each power of two in 16 parts. */
  tlsfList: (list: number): string => {
    const step = list < 16 ? 16 : 2 ** (3 + (list >> 4));
    const low = list < 16 ? 16 * list : (16 + (list & 15)) * step;
    return list === 367 ? `list from ${low} bytes on` : `list of ${low} to ${low + step - 1} bytes`;
  },
  poolList: (list: number, slotBytes: number): string => (list === 40 ? 'freed runs' : `slots of ${slotBytes} bytes`),
} as const;
