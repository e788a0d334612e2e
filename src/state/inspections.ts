import type { Reply } from '../engine/protocol.ts';
import type { ChunkName } from '../model/inspection.ts';
import { headerBytes, parseLaneName } from '../model/lanes.ts';
import { livesAt } from '../model/lifetimes.ts';
import { SpanKind } from '../model/spans.ts';
import { type Addr, type Bytes, type OperationNumber, PAGE_BYTES, type Position } from '../model/units.ts';
import type { Inspection } from './inspection.ts';
import type { EnginePort } from './ports.ts';
import type { Records } from './records.ts';
import { Rest } from './rest.ts';
import type { AppState, AppStore, Lane } from './store.ts';

/** With the worker's answer the inspector stands within 100 ms of the playhead's rest. */
const REST_MS = 40;
/** Bytes that are read at once. */
export const BYTE_WINDOW: Bytes = 4096;
/** What stands before and behind a chunk in its window, so that its neighbours' headers are seen. */
const MARGIN: Bytes = 16;

/** What is looked at: the selected page or block, else the page that the last operation touched in the focused lane. */
export interface Inspected {
  readonly lane: Lane;
  readonly index: number;
  readonly page: number;
  /** The selected block's operation, 0 where a page is looked at. */
  readonly block: OperationNumber;
  /** It stays when the playhead moves. */
  readonly held: boolean;
  /** The lane's own position: it may have stopped before the playhead's. */
  readonly position: Position;
}

export function inspectedOf(state: AppState, records: Records): Inspected | null {
  const { selected } = state.link;
  const held = selected?.kind === 'page' || selected?.kind === 'block';
  const key = held ? selected.lane : state.focusedLane;
  const index = state.lanes.findIndex((lane) => lane.key === key);
  const lane = state.lanes[index];
  if (lane === undefined || lane.opening === null) return null;
  const position = Math.min(state.position, lane.result?.executed ?? state.reached);
  if (held) {
    const block = selected.kind === 'block' ? selected.operation : 0;
    return { lane, index, page: selected.page, block, held, position };
  }
  const page = touchedPage(records, lane, selected?.kind === 'operation' ? selected.operation : position);
  return { lane, index, page, block: 0, held, position };
}

/** The page where an operation put, changed or gave back a block; the first of the heap where it did nothing of the kind. */
function touchedPage(records: Records, lane: Lane, operation: OperationNumber): number {
  const { frame } = records.lane(lane.key);
  const { operations } = records;
  const block =
    operation === 0 ? null : (frame?.blockOf(operation) ?? frame?.blockOf(operations?.prev[operation - 1] ?? 0));
  return Math.floor((block?.address ?? lane.opening?.base ?? 0) / PAGE_BYTES);
}

/** Where a block lies in a lane, if it lives there at a position. */
export function placeOf(
  records: Records,
  key: string,
  operation: OperationNumber,
  position: Position,
): { readonly address: Addr; readonly usable: Bytes; readonly requested: Bytes } | null {
  const { ends } = records;
  if (ends === null || !livesAt(ends, operation, position)) return null;
  const block = records.lane(key).frame?.blockOf(operation) ?? null;
  return block === null || block.address === 0 ? null : { ...block };
}

/** The chunk whose bytes are shown: the selected block, else what was picked in the page. Null while there is none. */
export function chunkOf(
  state: AppState,
  records: Records,
  target: Inspected,
): (ChunkName & { readonly bytes: Bytes }) | null {
  if (target.block !== 0) {
    const place = placeOf(records, target.lane.key, target.block, target.position);
    return place === null || place.usable === 0 ? null : { payload: place.address, free: false, bytes: place.usable };
  }
  const { picked, page } = state.inspect;
  if (picked === null || page === null || page.lane !== target.lane.key || page.reading.page !== target.page)
    return null;
  const { kind, start, bytes } = page.reading.spans;
  const span = start.indexOf(picked);
  return span < 0 ? null : { payload: picked, free: kind[span] === SpanKind.Free, bytes: bytes[span]! };
}

/**
 * Reads the page and the chunk that are looked at once the playhead rests: asked of the worker, kept in the store. Nothing
 * is asked while nobody looks.
 */
export class Inspections {
  private readonly store: AppStore;
  private readonly engine: EnginePort;
  private readonly records: Records;
  private readonly goodRun: () => number;
  private readonly rest = new Rest(REST_MS, () => this.ask());
  private ticket = 0;
  private page: { readonly ticket: number; readonly lane: string; readonly stamp: string } | null = null;
  private bytes: { readonly ticket: number; readonly lane: string; readonly chunk: ChunkName } | null = null;

  constructor(store: AppStore, engine: EnginePort, records: Records, goodRun: () => number) {
    this.store = store;
    this.engine = engine;
    this.records = records;
    this.goodRun = goodRun;
    store.subscribe((now, before) => {
      const same =
        now.position === before.position &&
        now.link.selected === before.link.selected &&
        now.focusedLane === before.focusedLane &&
        now.lanes === before.lanes &&
        now.inspectorOpen === before.inspectorOpen &&
        now.zoom === before.zoom &&
        now.inspect.picked === before.inspect.picked &&
        now.inspect.window === before.inspect.window;
      if (!same) this.rest.touch();
    });
    this.rest.touch();
  }

  get pending(): boolean {
    return this.rest.pending || this.page !== null || this.bytes !== null;
  }

  /** Nothing that was asked for will be answered any more. */
  drop(): void {
    this.page = null;
    this.bytes = null;
  }

  answered(reply: Extract<Reply, { type: 'page' | 'bytes' }>): void {
    if (reply.type === 'page' && reply.ticket === this.page?.ticket) {
      const { lane } = this.page;
      this.page = null;
      this.change({ page: { lane, reading: reply.reading } });
      this.askBytes();
    } else if (reply.type === 'bytes' && reply.ticket === this.bytes?.ticket) {
      const { lane, chunk } = this.bytes;
      this.bytes = null;
      this.change({ bytes: { lane, chunk, reading: reply.reading } });
    }
  }

  private ask(): void {
    const state = this.store.getState();
    const target = this.target(state);
    if (target === null) return;
    const { lane, index, page, position } = target;
    const known = state.inspect.page;
    // Free lists are for who looks from near, and take a walk over all of memory's holes.
    const lists = state.zoom !== 'pages';
    const there =
      known?.lane === lane.key &&
      known.reading.page === page &&
      known.reading.position === position &&
      (known.reading.lists !== null || !lists);
    if (there) {
      this.askBytes();
      return;
    }
    const stamp = `${lane.key} ${page} ${position} ${lists}`;
    if (this.page?.stamp === stamp) return;
    this.ticket++;
    this.page = { ticket: this.ticket, lane: lane.key, stamp };
    this.engine.send({ type: 'page', run: this.goodRun(), ticket: this.ticket, lane: index, position, page, lists });
  }

  private askBytes(): void {
    const state = this.store.getState();
    const target = this.target(state);
    const chunk = target === null ? null : chunkOf(state, this.records, target);
    if (target === null || chunk === null) return;
    const { lane, index, position } = target;
    const { from, length } = windowOf(lane, chunk, state.inspect.window);
    const known = state.inspect.bytes;
    const { payload, free } = chunk;
    if (
      known?.lane === lane.key &&
      known.reading.position === position &&
      known.reading.from === from &&
      known.chunk.payload === payload &&
      known.chunk.free === free
    )
      return;
    this.ticket++;
    this.bytes = { ticket: this.ticket, lane: lane.key, chunk: { payload, free } };
    this.engine.send({
      type: 'bytes',
      run: this.goodRun(),
      ticket: this.ticket,
      lane: index,
      position,
      from,
      length,
      chunk: { payload, free },
    });
  }

  private target(state: AppState): Inspected | null {
    if (!state.inspectorOpen && state.link.selected === null) return null;
    const target = inspectedOf(state, this.records);
    return target === null || target.lane.result === null ? null : target;
  }

  private change(part: Partial<Inspection>): void {
    this.store.setState(({ inspect }) => ({ inspect: { ...inspect, ...part } }));
  }
}

/** Rows of 16 bytes from just before a chunk's header to just behind its end, a window of them at a time. */
export function windowOf(
  lane: Lane,
  chunk: { readonly payload: Addr; readonly bytes: Bytes },
  window: number,
): { readonly from: Addr; readonly length: Bytes; readonly windows: number } {
  const allocator = parseLaneName(lane.config.name);
  const header = allocator === null ? 0 : headerBytes(allocator);
  const begin = Math.max(0, (Math.floor((chunk.payload - header) / 16) - 1) * 16);
  const end = Math.ceil((chunk.payload + chunk.bytes + MARGIN) / 16) * 16;
  const windows = Math.max(1, Math.ceil((end - begin) / BYTE_WINDOW));
  const from = begin + Math.min(window, windows - 1) * BYTE_WINDOW;
  return { from, length: Math.min(BYTE_WINDOW, end - from), windows };
}
