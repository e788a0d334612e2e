// Which stretches of memory were ever written in an exhaustive search, and images of them. An allocator writes near the
// ends of chunks, a program into its blocks; all else stays zero from beginning to end, and need not be copied. The
// search takes sums of all bytes as well, so that a store anywhere else is a finding.
import { IMAGE_BYTES, IMAGES, LEAST_BASE, STATE_STRETCHES, STRETCH, WRITTEN, WRITTEN_LIST } from './layout';

/** Number of a stretch: those of the state first. */
function numberOf(address: usize): usize {
  return address < STATE_STRETCHES ? address / STRETCH : (address - LEAST_BASE + STATE_STRETCHES) / STRETCH;
}

/** Length of the list, in the word before it. */
const COUNT: usize = WRITTEN_LIST - 4;

export function clearWritten(): void {
  memory.fill(WRITTEN, 0, WRITTEN_LIST - WRITTEN);
  memory.fill(IMAGES, 0, LEAST_BASE - IMAGES);
  noteWritten(0, STATE_STRETCHES);
}

/** Notes the stretches of `bytes` bytes at `address`; what lies outside of state and heap is none of them. */
export function noteWritten(address: usize, bytes: usize): void {
  if (address >= STATE_STRETCHES && address < LEAST_BASE) return;
  const last = numberOf(address + bytes - 1);
  for (let number = numberOf(address); number <= last; number++) {
    if (number * STRETCH >= IMAGE_BYTES) unreachable();
    if (load<u8>(WRITTEN + number)) continue;
    store<u8>(WRITTEN + number, 1);
    const count = load<u32>(COUNT);
    store<u32>(COUNT, count + 1);
    store<u32>(WRITTEN_LIST + ((<usize>count) << 2), <u32>number);
  }
}

/** Copies all noted stretches into image `depth`, or back out of it. */
export function copyWritten(depth: u32, back: bool): void {
  const image = IMAGES + <usize>depth * IMAGE_BYTES;
  const end = WRITTEN_LIST + ((<usize>load<u32>(COUNT)) << 2);
  for (let at = WRITTEN_LIST; at < end; at += 4) {
    const offset = <usize>load<u32>(at) * STRETCH;
    const address = offset < STATE_STRETCHES ? offset : offset - STATE_STRETCHES + LEAST_BASE;
    if (back) memory.copy(address, image + offset, STRETCH);
    else memory.copy(image + offset, address, STRETCH);
  }
}
