import { useEffect, useMemo, useRef } from 'react';
import type { PageReading } from '../../model/inspection.ts';
import { headerBytes, parseLaneName } from '../../model/lanes.ts';
import { livesAt } from '../../model/lifetimes.ts';
import { OpKind } from '../../model/operations.ts';
import type { Addr, Bytes } from '../../model/units.ts';
import type { BlockGeometry } from '../../paint/block-geometry.ts';
import { type BlockSprites, blockSprites, rasterBlocks } from '../../paint/block-map.ts';
import { type BlockMarks, noMarks, paintBlockMarks } from '../../paint/block-marks.ts';
import { BlockRuns, runsOfFrame, runsOfReading } from '../../paint/block-runs.ts';
import { canvasGeneration } from '../../paint/canvas-loss.ts';
import type { LaneFrame } from '../../state/ports.ts';
import type { AppState, Lane } from '../../state/store.ts';
import { isFresh } from '../lanes/lane-facts.ts';
import { useApp } from '../shared/app-context.tsx';
import { usePaintTheme } from '../shared/theme.tsx';
import { useFrame } from '../shared/use-frame.ts';

interface Props {
  readonly lane: Lane;
  readonly page: number;
  /** The last reading of the page; drawn while it is that of the operation under the playhead. */
  readonly reading: PageReading | null;
  /** The chunk that is looked at. */
  readonly chunk: { readonly payload: Addr; readonly bytes: Bytes } | null;
  readonly geometry: BlockGeometry | null;
  /** Free-list links are drawn too. */
  readonly links: boolean;
}

/** What is under the pointer; a stretch of no byte for nothing. */
export interface Pointed {
  start: Addr;
  bytes: Bytes;
}

/**
 * The two canvases of a page to scale: what it holds at every frame, and what is marked in it. While the playhead moves the
 * log says what is live; once it rests the exact bytes say the rest.
 */
export function useBlockCanvas({ lane, page, reading, chunk, geometry, links }: Props) {
  const { store, records } = useApp();
  const theme = usePaintTheme();
  const map = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const pointed = useRef<Pointed>({ start: 0, bytes: 0 });
  const kept = useRef<Kept | null>(null);
  kept.current ??= new Kept();
  const allocator = parseLaneName(lane.config.name);
  const header = allocator === null ? 0 : headerBytes(allocator);
  const sprites = useMemo(() => {
    const made = new Map<AppState['colour'], BlockSprites>();
    return (colour: AppState['colour']) => {
      let known = made.get(colour);
      if (known === undefined) {
        known = blockSprites(theme, geometry?.unit ?? 1, colour, header === 0);
        made.set(colour, known);
      }
      return known;
    };
  }, [theme, geometry, header]);
  const request = useFrame(() => {
    const below = map.current?.getContext('2d', { alpha: false });
    const above = overlay.current?.getContext('2d');
    const { frame } = records.lane(lane.key);
    const { operations } = records;
    if (!below || !above || geometry === null || frame === null || operations === null) return;
    const state = store.getState();
    frame.seek(Math.min(state.position, frame.logged));
    const known = reading !== null && reading.page === page && reading.position === frame.position ? reading : null;
    const keep = kept.current!;
    if (keep.isOther(geometry, known, frame, page, state.colour, theme.name)) {
      if (known !== null) runsOfReading(keep.runs, known, operations, state.colour);
      else runsOfFrame(keep.runs, frame, page, header, operations, state.colour);
      rasterBlocks(keep.pixels, geometry, keep.runs, sprites(state.colour));
      below.putImageData(keep.image!, 0, 0);
    }
    const { marks } = keep;
    marks.page = page;
    marks.links = links ? known : null;
    const now = state.lanes.find((other) => other.key === lane.key);
    const stopped = now?.result?.stopped ?? null;
    marks.broken =
      stopped !== null && state.position >= stopped.operation
        ? stopped.address
        : now !== undefined && isFresh(state, now)
          ? (now.survey?.broken?.address ?? -1)
          : -1;
    marks.lit.start = chunk?.payload ?? 0;
    marks.lit.bytes = chunk?.bytes ?? 0;
    markPointed(marks, state, lane.key, frame, records.ends, pointed.current);
    markChanged(marks, operations.kind, operations.prev, frame);
    above.clearRect(0, 0, geometry.width, geometry.pitch * geometry.rows);
    paintBlockMarks(above, geometry, marks, theme);
  });
  useEffect(() => {
    if (geometry === null) return;
    // A canvas that is given its size loses what was on it.
    for (const { current } of [map, overlay]) {
      if (current === null) continue;
      current.width = geometry.width;
      current.height = geometry.pitch * geometry.rows;
    }
    kept.current!.forget();
    request();
  }, [geometry, request]);
  return { map, overlay, pointed, request };
}

/** What was drawn last, so that nothing is drawn twice, and the room that it was drawn in. */
class Kept {
  readonly runs = new BlockRuns();
  readonly marks: BlockMarks = noMarks();
  image: ImageData | null = null;
  pixels = new Uint32Array(0);
  private geometry: BlockGeometry | null = null;
  private reading: PageReading | null = null;
  private frame: LaneFrame | null = null;
  private position = -1;
  private logged = -1;
  private page = -1;
  private colour = '';
  private theme = '';
  private generation = -1;

  forget(): void {
    this.position = -1;
  }

  isOther(
    geometry: BlockGeometry,
    reading: PageReading | null,
    frame: LaneFrame,
    page: number,
    colour: string,
    theme: string,
  ): boolean {
    const generation = canvasGeneration();
    const same =
      this.geometry === geometry &&
      this.reading === reading &&
      this.frame === frame &&
      this.position === frame.position &&
      this.logged === frame.logged &&
      this.page === page &&
      this.colour === colour &&
      this.theme === theme &&
      this.generation === generation;
    if (same) return false;
    if (this.geometry !== geometry) {
      this.image = new ImageData(geometry.width, geometry.pitch * geometry.rows);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    this.geometry = geometry;
    this.reading = reading;
    this.frame = frame;
    this.position = frame.position;
    this.logged = frame.logged;
    this.page = page;
    this.colour = colour;
    this.theme = theme;
    this.generation = generation;
    return true;
  }
}

/** What the pointer is at in the picture, else the block that is pointed at elsewhere. */
function markPointed(
  { pointed }: BlockMarks,
  { link }: AppState,
  lane: string,
  frame: LaneFrame,
  ends: Uint32Array | null,
  here: Pointed,
): void {
  pointed.start = here.start;
  pointed.bytes = here.bytes;
  const { hover } = link;
  if (hover?.kind !== 'block' || hover.lane === lane || ends === null) return;
  if (!livesAt(ends, hover.operation, frame.position)) return;
  const block = frame.blockOf(hover.operation);
  if (block === null) return;
  pointed.start = block.address;
  pointed.bytes = block.usable;
}

/** Where the operation under the playhead put its block, or what it gave back. */
function markChanged({ changed }: BlockMarks, kind: Uint8Array, prev: Uint32Array, frame: LaneFrame): void {
  const t = frame.position;
  changed.bytes = 0;
  if (t === 0) return;
  const frees = kind[t - 1] === OpKind.Free || kind[t - 1] === OpKind.Drop;
  const block = frame.blockOf(frees ? prev[t - 1]! : t);
  if (block === null) return;
  changed.start = block.address;
  changed.bytes = block.usable;
}
