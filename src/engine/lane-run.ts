import type { ByteReading, ChunkName, PageReading } from '../model/inspection.ts';
import { countUpTo } from '../model/lane-series.ts';
import { headerBytes, isGuarded, type LaneAllocator, type LaneConfig } from '../model/lanes.ts';
import { histogram, type LogMeasures, type Measures, plainMetrics, StepTally } from '../model/measure.ts';
import type { Survey } from '../model/metrics.ts';
import { OpKind } from '../model/operations.ts';
import type { Scenario } from '../model/scenario.ts';
import { type Addr, type Bytes, type OperationNumber, PAGE_BYTES, type Pages, type Position } from '../model/units.ts';
import { CheckRun, checksNeedSteps } from './checks.ts';
import { laneFindings } from './findings.ts';
import { GuardedReader } from './guarded-reader.ts';
import type { HistoryOptions } from './history.ts';
import type { LaneMachine, StepCounter } from './lane-machine.ts';
import { LaneRecording } from './lane-recording.ts';
import type { MemoryPool } from './memory-pool.ts';
import type { LaneModules } from './modules.ts';
import { readPage } from './page-reading.ts';
import type { LaneOpening, LaneResult, LogSlice } from './protocol.ts';
import { createReader, type HeapReading, type Reader, tellsBlocks } from './reader.ts';
import { Shadow } from './shadow.ts';
import { addsUp, findBroken, heapMeasures, liveBlocks, spansOf } from './survey.ts';

/** Operations that the shadow takes in between two looks at the clock: about 1 ms. */
const SHADOW_SLICE = 1 << 15;

/**
 * One allocator over one scenario, from the first operation to the report; the same in the page's worker and in Node.
 *
 * `advance` records, about 40 ns an operation and what the allocator takes. When `complete`, `settle` checks what the
 * script expects and `result` is there; `count` is the second pass. `survey` and `bytes` read any recorded position: a few
 * ms to go back, then some 50 ns a chunk.
 */
export class LaneRun {
  readonly opening: LaneOpening;
  readonly machine: LaneMachine;
  private readonly recording: LaneRecording;
  private readonly scenario: Scenario;
  private readonly allocator: LaneAllocator;
  private readonly modules: LaneModules;
  private readonly shadow: Shadow;
  private reader: { readonly memory: WebAssembly.Memory; readonly of: Reader } | null = null;
  /** What was read last; good until the next. */
  private reading: HeapReading | null = null;
  private counter: StepCounter | null = null;
  private tally: StepTally | null = null;
  private checks: CheckRun | null = null;
  private finished: LaneResult | null = null;

  /** What was recorded of a lane, and what is to be recorded yet, with all that its reading needs. */
  constructor(recording: LaneRecording, modules: LaneModules) {
    const { scenario, allocator, machine, opening } = recording;
    this.recording = recording;
    this.scenario = scenario;
    this.allocator = allocator;
    this.modules = modules;
    this.machine = machine;
    this.opening = opening;
    machine.provide(modules.counted);
    this.shadow = new Shadow(
      scenario.operations,
      headerBytes(allocator),
      () => machine.log,
      (operation) => machine.failures.upTo(operation) > machine.failures.upTo(operation - 1),
    );
  }

  /** A lane before its first operation. Throws LaneError when the name or the memory settings cannot be, RangeError when there is no memory left. */
  static open(
    scenario: Scenario,
    config: LaneConfig,
    modules: LaneModules,
    pool: MemoryPool,
    history: HistoryOptions = {},
  ): LaneRun {
    return new LaneRun(new LaneRecording(scenario, config, modules, pool, history), modules);
  }

  get recorded(): Position {
    return this.machine.recorded;
  }

  get complete(): boolean {
    return this.recording.complete;
  }

  advance(operations: number): LogSlice | null {
    return this.recording.advance(operations);
  }

  /** Do the script's checks wait for the second pass? */
  get needsSteps(): boolean {
    return checksNeedSteps(this.scenario.checks, this.opening.name);
  }

  /**
   * Counts the search steps of up to `operations` more of a complete recording, and says how many are counted; null when
   * none were left.
   */
  count(operations: number): Position | null {
    this.counter ??= this.machine.startCounting();
    if (this.tally !== null) return null;
    this.counter.advance(operations);
    const { done, steps } = this.counter;
    if (done === steps.length) {
      const { kind } = this.scenario.operations;
      this.tally = new StepTally(steps, (k) => kind[k] === OpKind.Alloc || kind[k] === OpKind.Realloc);
    }
    return done;
  }

  /** Search steps of each operation; null until `count` is done. */
  get steps(): Uint32Array | null {
    return this.tally === null ? null : this.counter!.steps;
  }

  /** Works on the checks until `performance.now()` passes `deadline`; true when the result is there. Only when complete. */
  settle(deadline: number): boolean {
    while (this.shadow.extended < this.recorded) {
      this.shadow.extend(Math.min(this.recorded, this.shadow.extended + SHADOW_SLICE));
      if (performance.now() > deadline) return false;
    }
    this.checks ??= new CheckRun(this.scenario, this.opening.name, this.recorded, (position, bytes) =>
      this.measures(position, bytes),
    );
    if (!this.checks.advance(deadline)) return false;
    this.finished ??= this.conclude(this.checks);
    return true;
  }

  /** The report. Records, counts and checks whatever is left to do first. */
  finish(): LaneResult {
    while (!this.complete) this.advance(1 << 16);
    if (this.needsSteps) while (this.count(1 << 16) !== null);
    this.settle(Number.POSITIVE_INFINITY);
    return this.finished!;
  }

  /** Everything that the bytes say at a recorded position. */
  survey(position: Position): Survey {
    const measures = this.measures(position, true);
    const reading = this.reading!;
    const heap = measures.heap!;
    const tells = tellsBlocks(this.allocator.id);
    const live = liveBlocks(this.shadow.liveOperations(position), this.machine.log);
    const spans = spansOf(reading, tells, live);
    const { count, bytes } = histogram(reading.holeBytes);
    return {
      lane: this.opening.name,
      position,
      metrics: plainMetrics(measures),
      broken: findBroken(reading, tells, live),
      adds: addsUp(heap, measures.log.usable, measures.log.pages),
      holeAddress: reading.holeAddress.slice(),
      holeBytes: reading.holeBytes.slice(),
      histogramCount: count,
      histogramBytes: bytes,
      spanKind: spans.kind,
      spanStart: spans.start,
      spanBytes: spans.bytes,
    };
  }

  /** Does the check line hold at a recorded position? A survey says more and takes longer. */
  addsUpAt(position: Position): boolean {
    const { usable } = this.shadow.sums(position);
    const heap = heapMeasures(this.read(position), tellsBlocks(this.allocator.id), usable);
    return addsUp(heap, usable, this.pagesAt(position).pages);
  }

  /** One page, block by block: about a survey's time, and a nanosecond an operation. */
  page(position: Position, page: number, lists = false): PageReading {
    const reading = this.read(position);
    const tells = tellsBlocks(this.allocator.id);
    const { scenario, machine, shadow } = this;
    const { pages } = this.pagesAt(position);
    // Who holds a page longest is decided by what comes later.
    shadow.extend(this.recorded);
    return readPage({
      position,
      page,
      pages,
      reading,
      // Only what lies in the page is looked at, so only an arena needs all its blocks.
      spans: tells
        ? { kind: reading.spanKind, start: reading.spanStart, bytes: reading.spanBytes }
        : spansOf(reading, tells, liveBlocks(shadow.liveOperations(position), machine.log)),
      operations: scenario.operations,
      log: machine.log,
      header: headerBytes(this.allocator),
      endOf: (operation) => shadow.endOf(operation),
      committedAt: this.committedAt(page),
      recorded: this.recorded,
      lists,
    });
  }

  /** A copy of the heap's bytes at a recorded position, as far as they are committed, and the fields of a chunk. */
  bytes(position: Position, from: Addr, length: Bytes, chunk: ChunkName | null = null): ByteReading {
    const reader = this.readerAt(position);
    const end = this.machine.pages * PAGE_BYTES;
    const start = Math.min(from, end);
    return {
      position,
      from: start,
      bytes: new Uint8Array(this.machine.memory.buffer).slice(start, Math.min(end, start + length)),
      fields: chunk === null ? [] : reader.fields(chunk.payload, chunk.free),
    };
  }

  /** All figures at a recorded position; those of the bytes only if asked for. */
  measures(position: Position, bytes: boolean): Measures {
    const tells = tellsBlocks(this.allocator.id);
    const { usable } = this.shadow.sums(position);
    return {
      log: this.logMeasures(position),
      heap: bytes ? heapMeasures(this.read(position), tells, usable) : null,
      steps: this.tally?.at(position) ?? null,
    };
  }

  dispose(): void {
    this.counter?.release();
    this.recording.dispose();
  }

  private conclude(checks: CheckRun): LaneResult {
    const { standstill } = this.machine;
    const { broken, metrics } = this.survey(this.recorded);
    if (isGuarded(this.allocator)) this.machine.checkGuarded(this.shadow.liveOperations(this.recorded));
    return {
      executed: this.recorded,
      stopped:
        standstill === null
          ? null
          : {
              kind: standstill.kind,
              rule: standstill.rule,
              address: standstill.address,
              operation: standstill.operation,
              line: this.scenario.operations.line[standstill.operation - 1]!,
              message: standstill.message,
            },
      metrics,
      checks: checks.results(),
      findings: laneFindings(this.scenario, this.machine, this.recorded, broken),
    };
  }

  private read(position: Position): HeapReading {
    this.reading = this.readerAt(position).read();
    return this.reading;
  }

  /** Brings the heap to a recorded position and gives its reader. */
  private readerAt(position: Position): Reader {
    const { machine } = this;
    const { reader, spans } = this.modules;
    machine.seek(position);
    if (this.reader?.memory !== machine.memory) {
      const { memory } = machine;
      const plain = createReader(reader, memory, this.allocator.id, spans);
      this.reader = { memory, of: isGuarded(this.allocator) ? new GuardedReader(plain, memory) : plain };
    }
    return this.reader.of;
  }

  /** The operation that committed a page, 0 for an initial one or none. */
  private committedAt(page: number): OperationNumber {
    const { growAt, growPages } = this.machine;
    if (page < this.opening.initial) return 0;
    const grow = growPages.upTo(page);
    return grow < growAt.length ? growAt.at(grow) : 0;
  }

  private pagesAt(position: Position): { pages: Pages; grows: number } {
    const grows = this.machine.growAt.upTo(position);
    return { grows, pages: grows === 0 ? this.opening.initial : this.machine.growPages.at(grows - 1) };
  }

  private logMeasures(position: Position): LogMeasures {
    const { shadow, scenario } = this;
    const { base } = this.opening;
    const { pages, grows } = this.pagesAt(position);
    const { live, peakLive, blocks, usable, gross } = shadow.sums(position);
    return {
      position,
      base,
      pages,
      grows,
      failures: this.machine.failures.upTo(position),
      blocks,
      live,
      peakLive,
      usable,
      gross,
      ...shadow.pageFacts(position, base, pages),
      misuses: countUpTo(scenario.misuseAt, position),
      lost: countUpTo(scenario.lostAt, position),
    };
  }
}
