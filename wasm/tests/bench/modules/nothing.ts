// No allocator at all: what the driver costs by itself. The driver never looks at its blocks.
export function alloc(size: u32, _align: u32): usize {
  return size;
}

export function dealloc(_block: usize, _size: u32, _align: u32): void {}

export function realloc(block: usize, _size: u32, _align: u32, _newSize: u32): usize {
  return block;
}
