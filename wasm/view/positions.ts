// Where a replay stands, and the checkpoints from which it can go on. When checkpoints outgrow their budget every other one
// is dropped, and from then on they are made at twice the distance.
import { release, reserve } from './regions';

/** Operations between two checkpoints at first. */
const SPACING: u32 = 4096;
/** u32 position, u32 place, u32 bytes, u32 pages. */
const ENTRY: u32 = 16;
/** Index of a checkpoint that there is no way back from: it is nearer from where the replay stands. */
export const HERE: i32 = i32.MIN_VALUE;

/** What a lane and its shades have in common. The page reads what follows in a lane by these eight words. */
@unmanaged
export class Replay {
  position: u32 = 0;
  /** Operations that were replayed once: positions up to here can be gone to. */
  logged: u32 = 0;
  /** Pages from here up were never covered. */
  topPage: u32 = 0;
  checkpoints: usize = 0;
  checkpointCount: u32 = 0;
  checkpointBytes: u32 = 0;
  checkpointBudget: u32 = 0;
  spacing: u32 = 0;
}

export function openReplay(replay: Replay, operations: u32, budget: u32): void {
  replay.checkpoints = reserve((operations / SPACING + 1) * ENTRY);
  replay.checkpointBudget = budget;
  replay.spacing = SPACING;
}

function entry(replay: Replay, index: i32): usize {
  return replay.checkpoints + <usize>index * ENTRY;
}

/** Is it time for a checkpoint before operation k + 1? */
export function wantsCheckpoint(replay: Replay, k: u32): bool {
  return k != 0 && k % replay.spacing == 0;
}

/** A checkpoint of the replay's position lies at `place`. */
export function keepCheckpoint(replay: Replay, place: usize, bytes: u32, pages: u32): void {
  const slot = entry(replay, replay.checkpointCount++);
  store<u32>(slot, replay.position);
  store<u32>(slot + 4, <u32>place);
  store<u32>(slot + 8, bytes);
  store<u32>(slot + 12, pages);
  replay.checkpointBytes += bytes;
  if (replay.checkpointBytes > replay.checkpointBudget) thin(replay);
}

export function positionOf(replay: Replay, index: i32): u32 {
  return load<u32>(entry(replay, index));
}

export function placeOf(replay: Replay, index: i32): usize {
  return load<u32>(entry(replay, index) + 4);
}

function thin(replay: Replay): void {
  replay.spacing <<= 1;
  let kept: i32 = 0;
  for (let i: i32 = 0; i < <i32>replay.checkpointCount; i++) {
    const from = entry(replay, i);
    if (load<u32>(from) % replay.spacing == 0) {
      if (kept != i) memory.copy(entry(replay, kept), from, ENTRY);
      kept++;
    } else {
      replay.checkpointBytes -= load<u32>(from + 8);
      release(load<u32>(from + 4));
    }
  }
  replay.checkpointCount = kept;
}

/** Index of the last checkpoint at or before a position; −1 is the state before the first operation, which needs none. */
function nearestBelow(replay: Replay, position: u32): i32 {
  let low: i32 = 0;
  let high = <i32>replay.checkpointCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (positionOf(replay, middle) <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * About how many operations' time it takes to reach `position` from a checkpoint. Clearing reads eight bytes a page in
 * order, quick as pages go; each page written takes as long as two operations, in a large heap mostly waiting for memory.
 */
function seekCost(replay: Replay, checkpoint: i32, position: u32): u32 {
  const clearing = replay.topPage >> 6;
  if (checkpoint < 0) return position + clearing;
  const from = positionOf(replay, checkpoint);
  const distance = position > from ? position - from : from - position;
  return distance + clearing + (load<u32>(entry(replay, checkpoint) + 12) << 1);
}

/** The checkpoint from which position `to` is soonest reached; HERE where that is where the replay stands. */
export function nearest(replay: Replay, to: u32): i32 {
  const here = replay.position;
  let cost = to > here ? to - here : here - to;
  let from = HERE;
  const below = nearestBelow(replay, to);
  const fromBelow = seekCost(replay, below, to);
  if (fromBelow < cost) {
    cost = fromBelow;
    from = below;
  }
  const above = below + 1;
  if (above < <i32>replay.checkpointCount && seekCost(replay, above, to) < cost) from = above;
  return from;
}
