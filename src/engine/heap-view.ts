import type { HeapFrame, LogFacts, RasterTarget } from '../model/heap-frame.ts';
import {
  CELL_STATES,
  type Colouring,
  DIFFERENCE_STATES,
  type DifferenceFacts,
  MOST_BLOCKS,
} from '../model/heap-frame.ts';
import { NumberList } from '../model/lane-series.ts';
import { ALLOCATORS, headerBytes, parseLaneName } from '../model/lanes.ts';
import { lineSites } from '../model/line-sites.ts';
import type { Operations } from '../model/operations.ts';
import { type Addr, type Bytes, PAGE_BYTES, type Pages, type Position } from '../model/units.ts';
import { Action, OperationColumns } from './heap-view-columns.ts';
import { type PictureExports, Pictures } from './heap-view-pictures.ts';
import { Regions } from './heap-view-regions.ts';
import type { LaneOpening, LogSlice } from './protocol.ts';

/** A lane's frame while its log still arrives. */
export interface LaneView extends HeapFrame {
  /** Where the next block of an arena lane goes at `position`; null in other lanes. */
  readonly bump: Addr | null;
  /** Takes the next stretch of the log; slices come in order. About 40 ns an operation. `position` stays where it is. */
  append(slice: LogSlice): void;
}

/** The lanes of one run: they share the operations and one memory. */
export interface HeapViews {
  /** Opens a lane with an empty log. `headerBytes` of each block lie before its payload. */
  lane(opening: LaneOpening, headerBytes?: Bytes): LaneView;
  /** Ends a lane; its memory is used again. The frame must not be asked anything afterwards. */
  release(frame: HeapFrame): void;
  /** Ends all lanes. */
  dispose(): void;
  /** Memory taken from the browser, all lanes together. */
  readonly memoryBytes: Bytes;
}

interface ViewExports extends PictureExports {
  readonly memory: WebAssembly.Memory;
  firstFree(): number;
  setColumns(count: number, actions: Addr, prev: Addr, size: Addr, line: Addr, ends: Addr, keptLines: number): void;
  openLane(base: Addr, header: Bytes, deadTo: number, arena: boolean, budget: Bytes): Addr;
  keepRequested(lane: Addr): Addr;
  extend(lane: Addr, logged: Position): void;
  seek(lane: Addr, position: Position, pages: Pages): void;
  blockAt(lane: Addr, address: Addr, bytes: Bytes): number;
  blocksIn(lane: Addr, page: number, out: Addr, most: number): number;
  addUpLines(lane: Addr, out: Addr, lines: number): void;
  lineLive(lane: Addr, out: Addr): void;
  pageLive(lane: Addr, page: number): number;
  tileState(lane: Addr, shades: Addr, page: number, tile: number, side: number, scratch: Addr): number;
  setSites(column: Addr): void;
  openShades(kind: number, budget: Bytes): Addr;
  followShades(lane: Addr, shades: Addr, operations: number): boolean;
  pageShade(lane: Addr, shades: Addr, page: number): number;
  differenceFacts(a: Addr, b: Addr, out: Addr): void;
  facts(lane: Addr, out: Addr): void;
  countPages(lane: Addr, out: Addr, few: Bytes): void;
  liveByRow(lane: Addr, firstPage: number, columns: number, rows: number, out: Addr): void;
  bump(lane: Addr): number;
  raster(lane: Addr, shades: Addr, picture: Addr, firstPage: number, paper: number, tick: number, anew: boolean): void;
  rasterDifference(
    a: Addr,
    b: Addr,
    picture: Addr,
    firstPage: number,
    paper: number,
    tick: number,
    anew: boolean,
  ): void;
}

/** Checkpoints of one lane may take so much; when they would take more, every other one goes. */
const CHECKPOINT_BUDGET: Bytes = 32 * 1024 * 1024;
/** Checkpoints of one colouring of one lane. */
const SHADES_BUDGET: Bytes = 16 * 1024 * 1024;
/** Kinds of shades: the numbers of `wasm/view/shades.ts`. */
const SHADES = { age: 1, line: 2 } as const;
/** Up to so many lines their live bytes are kept up at every step; a longer list is added up when someone asks. */
const KEPT_LINES = 4096;
/** A spare instance with more memory than this is left to the garbage collector. */
const SPARE_BYTES: Bytes = 64 * 1024 * 1024;
/** Bytes for `facts` and for the states of one page; behind them rows that are added up at once, or counts of states. */
const FACTS: Bytes = 64;
const SCRATCH: Bytes = FACTS + 64;
const TABLE_ROWS = 256;
/** A page that holds less than this is held by next to nothing. */
const FEW: Bytes = 1024;

/** A browser allows about a hundred memories at once, and an edited script makes a run a second: instances are used again. */
const spares = new WeakMap<WebAssembly.Module, Engine[]>();

/**
 * Replays of lanes over the same operations. Keeps five columns (17 bytes an operation) and, for each lane, 8 bytes an operation of log (12 in an arena lane), what its pages and tiles come to, and checkpoints.
 */
export function createHeapViews(
  module: WebAssembly.Module,
  operations: Operations,
  checkpointBytes: Bytes = CHECKPOINT_BUDGET,
  shadesBytes: Bytes = SHADES_BUDGET,
): HeapViews {
  const engine = spares.get(module)?.pop() ?? new Engine(module);
  engine.load(operations);
  const lanes = new Set<Lane>();
  return {
    lane(opening, headerBytes = headerOf(opening.name)) {
      const lane = new Lane(engine, opening, headerBytes, checkpointBytes, shadesBytes);
      lanes.add(lane);
      return lane;
    },
    release(frame) {
      if (frame instanceof Lane && lanes.delete(frame)) frame.dispose();
    },
    dispose() {
      if (engine.columns === null) return;
      for (const lane of lanes) lane.dispose();
      lanes.clear();
      engine.unload();
      if (engine.memoryBytes > SPARE_BYTES) return;
      const idle = spares.get(module);
      if (idle) idle.push(engine);
      else spares.set(module, [engine]);
    },
    get memoryBytes() {
      return engine.memoryBytes;
    },
  };
}

/** One instance of the module, and what all lanes share. */
class Engine {
  readonly wasm: ViewExports;
  readonly regions: Regions;
  columns: OperationColumns | null = null;
  /** Lines whose live bytes are kept up: all, or none. */
  keptLines = 0;
  private sitesChosen = false;

  constructor(module: WebAssembly.Module) {
    const regions = {
      reserve: (bytes: number) => this.regions.reserve(bytes >>> 0),
      release: (region: number) => this.regions.release(region >>> 0),
    };
    const env = {
      // Called by the build with assertions only.
      abort: (_message: number, _file: number, line: number, column: number) => {
        throw new Error(`view.wasm: assertion at ${line}:${column}`);
      },
    };
    this.wasm = new WebAssembly.Instance(module, { regions, env }).exports as unknown as ViewExports;
    this.regions = new Regions(this.wasm.memory, this.wasm.firstFree());
  }

  get memoryBytes(): Bytes {
    return this.wasm.memory.buffer.byteLength;
  }

  load(operations: Operations): void {
    const columns = new OperationColumns(this.regions, operations);
    const { actions, prev, size, line, ends, lastLine } = columns;
    this.columns = columns;
    this.sitesChosen = false;
    this.wasm.setSites(0);
    this.keptLines = lastLine < KEPT_LINES ? lastLine + 1 : 0;
    this.wasm.setColumns(operations.count, actions, prev, size, line, ends, this.keptLines);
  }

  /** Says which lines have a colour, once a run: before that nobody asks. */
  chooseSites(): void {
    const { columns, regions } = this;
    if (this.sitesChosen || columns === null) return;
    this.sitesChosen = true;
    regions.owner = columns;
    const column = regions.reserve(columns.lastLine + 1);
    for (const [index, line] of lineSites(columns.operations).entries()) regions.bytes[column + line] = index + 1;
    this.wasm.setSites(column);
  }

  unload(): void {
    if (this.columns !== null) this.regions.releaseAll(this.columns);
    this.columns = null;
  }
}

/** Words of a lane's structure in memory: the first fields of its class in wasm/view/. */
const ADDRESS = 8;
const USABLE = 9;

class Lane implements LaneView {
  readonly base: Addr;
  logged: Position = 0;
  position: Position = 0;
  private readonly engine: Engine;
  private readonly columns: OperationColumns;
  private readonly initial: Pages;
  private readonly isArena: boolean;
  private readonly at: Addr;
  private readonly scratch: Addr;
  private linesAt: Addr = 0;
  private blocksAt: Addr = 0;
  private requestedAt: Addr = 0;
  private readonly growAt = new NumberList();
  private readonly growPages = new NumberList();
  private readonly failures = new NumberList();
  private readonly shades = { age: 0, line: 0 };
  private readonly pictures: Pictures;
  /** Where the replay stands: taking in a stretch of log moves it to the end. −1 before the first seek. */
  private replayed: Position = -1;
  private factsAt: Position = -1;
  private readonly facts_: { -readonly [K in keyof LogFacts]: number } = {
    position: 0,
    pages: 0,
    grows: 0,
    failures: 0,
    blocks: 0,
    live: 0,
    gross: 0,
    peakLive: 0,
    usable: 0,
    emptyPages: 0,
    trailingPages: 0,
    pinnedWaste: 0,
  };
  private readonly difference = { pagesMoreInA: 0, bytesMoreInA: 0, pagesMoreInB: 0, bytesMoreInB: 0 };
  private readonly block = { address: 0, usable: 0, requested: 0 };

  constructor(
    engine: Engine,
    opening: LaneOpening,
    headerBytes: Bytes,
    checkpointBytes: Bytes,
    private readonly shadesBytes: Bytes,
  ) {
    const allocator = parseLaneName(opening.name)?.id;
    this.engine = engine;
    this.columns = engine.columns!;
    this.pictures = new Pictures(engine.wasm, engine.regions);
    this.base = opening.base;
    this.initial = opening.initial;
    this.isArena = allocator === 'arena';
    // Between the base and the first page that such an allocator grows nothing can ever be handed out.
    const deadTo = allocator && ALLOCATORS[allocator].grownOnly ? opening.initial * PAGE_BYTES : 0;
    engine.regions.owner = this;
    this.at = engine.wasm.openLane(opening.base, headerBytes, deadTo, this.isArena, checkpointBytes) >>> 0;
    this.scratch = engine.regions.reserve(SCRATCH + TABLE_ROWS * 8);
  }

  get finalPages(): Pages {
    return this.pagesAt(this.logged);
  }

  get bump(): Addr | null {
    this.replay();
    return this.isArena ? this.engine.wasm.bump(this.at) : null;
  }

  append(slice: LogSlice): void {
    const { engine, at } = this;
    const count = slice.address.length;
    if (slice.first !== this.logged + 1)
      throw new RangeError(`A stretch of log begins at ${slice.first}, after ${this.logged}.`);
    this.columns.load(slice.first - 1 + count);
    engine.regions.owner = this;
    if (slice.requested !== null && this.requestedAt === 0) this.requestedAt = engine.wasm.keepRequested(at) >>> 0;
    const first = slice.first - 1;
    const { words } = engine.regions;
    words.set(slice.address, words[at / 4 + ADDRESS]! / 4 + first);
    words.set(slice.usable, words[at / 4 + USABLE]! / 4 + first);
    if (this.requestedAt !== 0) {
      const requested = slice.requested ?? this.columns.operations.size.subarray(first, first + count);
      words.set(requested, this.requestedAt / 4 + first);
    }
    for (const operation of slice.failures) {
      if (!this.columns.revives(operation)) continue;
      // The log repeats the dead block's entry; nothing of it is live.
      words[words[at / 4 + ADDRESS]! / 4 + operation - 1] = 0;
    }
    this.growAt.append(slice.growAt);
    this.growPages.append(slice.growPages);
    this.failures.append(slice.failures);
    this.logged = first + count;
    engine.wasm.extend(at, this.logged);
    this.replayed = -1;
  }

  seek(position: Position): void {
    this.position = Math.max(0, Math.min(Math.floor(position), this.logged));
    this.replay();
  }

  facts(): LogFacts {
    this.replay();
    const { facts_: facts, position } = this;
    if (this.factsAt === position) return facts;
    this.factsAt = position;
    this.engine.wasm.facts(this.at, this.scratch);
    const at = this.scratch / 8;
    const { numbers } = this.engine.regions;
    facts.position = position;
    facts.pages = this.pagesAt(position);
    facts.grows = this.growAt.upTo(position);
    facts.failures = this.failures.upTo(position);
    facts.blocks = numbers[at]!;
    facts.live = numbers[at + 1]!;
    facts.gross = numbers[at + 2]!;
    facts.peakLive = numbers[at + 3]!;
    facts.usable = numbers[at + 4]!;
    facts.emptyPages = numbers[at + 5]!;
    facts.trailingPages = numbers[at + 6]!;
    facts.pinnedWaste = numbers[at + 7]!;
    return facts;
  }

  pageLive(page: number): Bytes {
    this.replay();
    return Math.min(PAGE_BYTES, this.engine.wasm.pageLive(this.at, page));
  }

  tileState(page: number, tile: number, side: 1 | 4 | 8, colouring: Colouring = 'live'): number {
    this.replay();
    this.prepare(colouring);
    const shades = colouring === 'live' ? 0 : this.shades[colouring];
    return this.engine.wasm.tileState(this.at, shades, page, tile, side, this.scratch + FACTS);
  }

  pageShade(page: number, colouring: 'age' | 'line'): number | null {
    if (!this.prepare(colouring, 0)) return null;
    const shade = this.engine.wasm.pageShade(this.at, this.shades[colouring], page);
    return shade < 0 ? null : shade;
  }

  prepare(colouring: Colouring, operations: number = this.logged): boolean {
    this.replay();
    if (colouring === 'live') return true;
    const { engine, shades } = this;
    if (shades[colouring] === 0) {
      if (colouring === 'line') engine.chooseSites();
      engine.regions.owner = this;
      shades[colouring] = engine.wasm.openShades(SHADES[colouring], this.shadesBytes) >>> 0;
    }
    engine.regions.owner = this;
    return Boolean(engine.wasm.followShades(this.at, shades[colouring], operations));
  }

  blockOf(operation: number): { readonly address: Addr; readonly usable: Bytes; readonly requested: Bytes } | null {
    const { engine, at, block } = this;
    if (operation < 1 || operation > this.logged) return null;
    if ((this.columns.action(operation) & (Action.Grants | Action.Holds)) === 0) return null;
    const { words } = engine.regions;
    block.address = words[words[at / 4 + ADDRESS]! / 4 + operation - 1]!;
    if (block.address === 0) return null;
    block.usable = words[words[at / 4 + USABLE]! / 4 + operation - 1]!;
    block.requested =
      this.requestedAt === 0
        ? this.columns.operations.size[operation - 1]!
        : words[this.requestedAt / 4 + operation - 1]!;
    return block;
  }

  blockAt(address: Addr, bytes: Bytes = 1): number {
    this.replay();
    return this.engine.wasm.blockAt(this.at, address, bytes) >>> 0;
  }

  blocksIn(page: number, out: Uint32Array): number {
    this.replay();
    const { engine } = this;
    if (this.blocksAt === 0) {
      engine.regions.owner = this;
      this.blocksAt = engine.regions.reserve(MOST_BLOCKS * 4);
    }
    const from = this.blocksAt / 4;
    const count = engine.wasm.blocksIn(this.at, page, this.blocksAt, Math.min(MOST_BLOCKS, out.length));
    for (let k = 0; k < count; k++) out[k] = engine.regions.words[from + k]!;
    return count;
  }

  liveByLine(out: Float64Array): void {
    this.replay();
    const { engine } = this;
    const lines = Math.min(out.length, this.columns.lastLine + 1);
    if (this.linesAt === 0) {
      engine.regions.owner = this;
      this.linesAt = engine.regions.reserve((this.columns.lastLine + 1) * 8);
    }
    if (engine.keptLines > 0) engine.wasm.lineLive(this.at, this.linesAt);
    else engine.wasm.addUpLines(this.at, this.linesAt, lines);
    out.fill(0);
    const { numbers } = engine.regions;
    for (let line = 0; line < lines; line++) out[line] = numbers[this.linesAt / 8 + line]!;
  }

  countPages(out: Uint32Array): void {
    this.replay();
    const at = this.scratch + SCRATCH;
    this.engine.wasm.countPages(this.at, at, FEW);
    out.set(this.engine.regions.words.subarray(at / 4, at / 4 + CELL_STATES + 1));
  }

  liveByRow(firstPage: number, columns: number, out: Float64Array): void {
    this.replay();
    const at = this.scratch + SCRATCH;
    for (let row = 0; row < out.length; row += TABLE_ROWS) {
      const rows = Math.min(TABLE_ROWS, out.length - row);
      this.engine.wasm.liveByRow(this.at, firstPage + row * columns, columns, rows, at);
      out.set(this.engine.regions.numbers.subarray(at / 8, at / 8 + rows), row);
    }
  }

  nextGrow(position: Position): Position | null {
    const index = this.growAt.upTo(position);
    return index < this.growAt.length ? this.growAt.at(index) : null;
  }

  raster(target: RasterTarget): void {
    const { colouring } = target;
    if (!this.prepare(colouring, 0)) return;
    const picture = this.pictures.of(target, CELL_STATES);
    const anew = this.pictures.dress(picture, target);
    const shades = colouring === 'live' ? 0 : this.shades[colouring];
    this.engine.wasm.raster(this.at, shades, picture.at, target.firstPage, target.paper, target.tick, anew);
    this.pictures.blit(picture, target);
  }

  differenceTo(other: HeapFrame): DifferenceFacts {
    const { at, engine, scratch, difference } = this;
    this.replay();
    engine.wasm.differenceFacts(at, this.fellow(other).at, scratch);
    const { numbers } = engine.regions;
    difference.pagesMoreInA = numbers[scratch / 8]!;
    difference.bytesMoreInA = numbers[scratch / 8 + 1]!;
    difference.pagesMoreInB = numbers[scratch / 8 + 2]!;
    difference.bytesMoreInB = numbers[scratch / 8 + 3]!;
    return difference;
  }

  rasterDifference(other: HeapFrame, target: RasterTarget): void {
    this.replay();
    const picture = this.pictures.of(target, DIFFERENCE_STATES);
    const anew = this.pictures.dress(picture, target);
    const b = this.fellow(other).at;
    this.engine.wasm.rasterDifference(this.at, b, picture.at, target.firstPage, target.paper, target.tick, anew);
    this.pictures.blit(picture, target);
  }

  /** Another lane of the same run, where its position is. */
  private fellow(other: HeapFrame): Lane {
    if (!(other instanceof Lane) || other.engine !== this.engine)
      throw new RangeError('Lanes of two runs are compared.');
    other.replay();
    return other;
  }

  /** Gives the lane's memory back. */
  dispose(): void {
    this.pictures.dispose();
    this.engine.regions.releaseAll(this);
  }

  private replay(): void {
    if (this.replayed === this.position) return;
    this.engine.wasm.seek(this.at, this.position, this.pagesAt(this.position));
    this.replayed = this.position;
    this.factsAt = -1;
  }

  private pagesAt(position: Position): Pages {
    const grows = this.growAt.upTo(position);
    return grows === 0 ? this.initial : this.growPages.at(grows - 1);
  }
}

function headerOf(name: string): Bytes {
  const allocator = parseLaneName(name);
  return allocator === null ? 0 : headerBytes(allocator);
}
