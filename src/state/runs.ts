import type { LaneOpening, LogSlice, Reply, Source } from '../engine/protocol.ts';
import { LaneSeries, StepSeries } from '../model/lane-series.ts';
import { headerBytes, type LaneConfig, parseLaneName } from '../model/lanes.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Position } from '../model/units.ts';
import { NO_INSPECTION } from './inspection.ts';
import type { Inspections } from './inspections.ts';
import { comfortableSpeed } from './playback.ts';
import type { EnginePort, Ports, ReplayPort } from './ports.ts';
import type { Records } from './records.ts';
import { type AppState, type AppStore, type Document, type Lane, limitOf, operationCount } from './store.ts';
import { Surveys } from './surveys.ts';
import { newWork } from './work.ts';

/** An edit is run when the visitor has stopped typing for this long. */
const DEBOUNCE_MS = 250;

/**
 * Turns documents and lanes into runs and the worker's answers into state. The lanes on screen are always those of the last
 * good run: an edit with errors, a refused file or a lost worker changes the status and nothing else.
 */
export class Runs {
  private readonly store: AppStore;
  private readonly engine: EnginePort;
  private readonly records: Records;
  private readonly makeReplay: Ports['replay'];
  readonly surveys: Surveys;
  /** Null until `inspect` has fetched it. */
  inspections: Inspections | null = null;
  private replay: ReplayPort | null = null;
  private run = 0;
  /** The run whose scenario the lanes show; requests about its bytes carry it. */
  private shown = 0;
  /** What the run in hand reads; becomes the document when its scenario arrives. */
  private pending: Opening | null = null;
  /** Where the playhead goes as far as it is recorded, and where it was last put on the way; null: where it is. */
  private aim: { readonly to: Position; at: Position } | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private ticket = 0;
  private readonly saves = new Map<number, (saved: Extract<Reply, { type: 'saved' }>) => void>();
  private logged = 0;
  /** The text that the run in hand was started with. */
  private text = '';

  constructor(store: AppStore, ports: Ports, records: Records) {
    this.store = store;
    this.engine = ports.engine;
    this.records = records;
    this.makeReplay = ports.replay;
    this.surveys = new Surveys(store, ports.engine, () => this.shown);
    this.engine.subscribe((reply) => this.receive(reply));
  }

  /** Nothing is being run and nothing is about to be. */
  get idle(): boolean {
    return this.timer === null && this.store.getState().status.kind !== 'working';
  }

  /**
   * Takes a document in the place of the one there is, and runs it. `work` is the piece of work that it goes on with, a new
   * one where left out, and is returned; `position` is where the playhead goes, null for the end.
   */
  open(
    document: Document,
    { work = newWork(), position = null }: { readonly work?: string; readonly position?: Position | null } = {},
  ): string {
    this.pending = { document, work, position };
    if (document.kind === 'script') {
      this.store.setState({ document, work, position: 0, following: position === null, playing: false });
    }
    this.start(document);
    return work;
  }

  /** The script as the visitor types it; runs when the typing rests. */
  edit(text: string): void {
    const { document } = this.store.getState();
    if (document.kind !== 'script' || document.text === text) return;
    this.store.setState({ document: { ...document, text, origin: { kind: 'own' } } });
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.runNow(), DEBOUNCE_MS);
  }

  /** Runs the document as it stands. */
  runNow(): void {
    // A recording that was still being read is no longer what is asked for.
    if (this.pending?.document.kind === 'recording') this.pending = null;
    this.start(this.store.getState().document);
  }

  /** Stops reading, evaluating or recording; what ran stays. */
  stop(): void {
    this.engine.send({ type: 'cancel', run: this.run });
  }

  /** A new worker, and the same run again. */
  restart(): void {
    this.engine.restart();
    this.dropReadings();
    this.runNow();
  }

  /** Saves the last good run's operations. */
  save(format: 'operations' | 'rep'): Promise<{ text: Blob; leftOut: readonly string[] }> {
    this.ticket++;
    const { ticket } = this;
    return new Promise((resolve) => {
      this.saves.set(ticket, (saved) => resolve({ text: saved.text, leftOut: saved.leftOut }));
      this.engine.send({ type: 'save', run: this.shown, ticket, format });
    });
  }

  /** Other lanes over the same operations: those that stay keep their record. */
  setLanes(lanes: readonly Lane[]): void {
    const before = this.store.getState().lanes;
    for (const lane of before) {
      const stays = lanes.some((other) => other.key === lane.key && other.config === lane.config);
      if (!stays) this.forget(lane.key);
    }
    const focused = this.store.getState().focusedLane;
    this.store.setState({
      lanes,
      focusedLane: lanes.some((lane) => lane.key === focused) ? focused : (lanes[0]?.key ?? ''),
    });
    if (this.run === 0) return;
    this.run++;
    if (this.shown !== 0) this.shown = this.run;
    this.dropReadings();
    this.store.setState({ status: { kind: 'working', phase: 'recording', lane: 0, done: 0, total: 0 } });
    this.engine.send({ type: 'lanes', run: this.run, lanes: lanes.map((lane) => lane.config) });
  }

  /** From now on what is looked at is read from the bytes. Nobody looks before the first map, so it is fetched after it. */
  async inspect(): Promise<void> {
    const { Inspections } = await import('./inspections.ts');
    this.inspections ??= new Inspections(this.store, this.engine, this.records, () => this.shown);
  }

  /** Is anything being read from the bytes, or about to be? */
  get reading(): boolean {
    return this.surveys.pending || (this.inspections?.pending ?? false);
  }

  /** What was asked about the bytes will not be answered. */
  private dropReadings(): void {
    this.surveys.drop();
    this.inspections?.drop();
  }

  private start(document: Document): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.run++;
    this.text = document.kind === 'script' ? document.text : '';
    const source = sourceOf(document);
    this.store.setState({
      status: {
        kind: 'working',
        phase: document.kind === 'script' ? 'evaluating' : 'reading',
        lane: 0,
        done: 0,
        total: 0,
      },
    });
    const lanes: LaneConfig[] = this.store.getState().lanes.map((lane) => lane.config);
    this.engine.send({ type: 'run', run: this.run, source, lanes });
  }

  private receive(reply: Reply): void {
    if (reply.run !== this.run && reply.run !== this.shown) return;
    switch (reply.type) {
      case 'progress':
        if (reply.run !== this.run) return;
        this.store.setState({
          status: { kind: 'working', phase: reply.phase, lane: reply.lane, done: reply.done, total: reply.total },
        });
        return;
      case 'rejected':
        this.store.setState({
          status: { kind: 'rejected' },
          diagnostics: reply.diagnostics,
          checkedText: this.text,
        });
        return;
      case 'refused':
        this.store.setState({
          status: { kind: 'refused', name: this.pending?.document.name ?? '', message: reply.message },
        });
        this.pending = null;
        return;
      case 'text':
        this.open(
          { kind: 'script', name: reply.name, text: reply.text, origin: { kind: 'own' } },
          this.pending === null ? {} : { work: this.pending.work },
        );
        return;
      case 'scenario':
        this.begin(reply.run, reply.scenario, reply.format);
        return;
      case 'unopened':
        this.change(reply.lane, { unopened: reply.message });
        return;
      case 'lane':
        this.openLane(reply.lane, reply.opening);
        return;
      case 'log':
        this.append(reply.lane, reply.slice);
        return;
      case 'recorded':
        this.change(reply.lane, { result: reply.result });
        this.moveOn();
        this.surveys.touch();
        return;
      case 'counted':
        this.count(reply.lane, reply.steps);
        return;
      case 'survey': {
        const lane = this.store.getState().lanes[reply.lane];
        if (lane === undefined) return;
        this.surveys.answered(lane.key, reply.ticket, reply.survey);
        return;
      }
      case 'page':
      case 'bytes':
        this.inspections?.answered(reply);
        return;
      case 'saved':
        this.saves.get(reply.ticket)?.(reply);
        this.saves.delete(reply.ticket);
        return;
      case 'done':
        if (reply.run !== this.run) return;
        this.finish(reply.cancelled);
        return;
      case 'crashed':
        this.dropReadings();
        this.store.setState({ status: { kind: 'lost', message: reply.message } });
        return;
    }
  }

  /** A good run begins: everything that belonged to the one before ends here. */
  private begin(run: number, scenario: Scenario, format: Scenario['format']): void {
    const before = this.store.getState();
    this.shown = run;
    this.logged = 0;
    this.dropReadings();
    this.records.begin(scenario.operations);
    this.replay?.dispose();
    this.replay = this.makeReplay(scenario.operations);
    const opening = this.pending;
    const stayed = Math.min(before.position, scenario.operations.count);
    const following = opening === null ? before.following : opening.position === null;
    this.aim = opening?.position ? { to: opening.position, at: 0 } : null;
    this.store.setState({
      ...(opening?.document.kind === 'recording' ? { document: opening.document, work: opening.work } : {}),
      scenario,
      format,
      diagnostics: scenario.diagnostics,
      checkedText: this.text,
      ranText: this.text,
      generation: before.generation + 1,
      lanes: before.lanes.map((lane) => blankLane(lane.key, lane.config)),
      reached: 0,
      position: opening !== null || following ? 0 : stayed,
      following,
      link: { hover: null, selected: null },
      inspect: NO_INSPECTION,
      ...(opening !== null ? { speed: comfortableSpeed(scenario.operations.count) } : {}),
    });
    this.pending = null;
  }

  private openLane(index: number, opening: LaneOpening): void {
    const lane = this.store.getState().lanes[index];
    const allocator = lane === undefined ? null : parseLaneName(lane.config.name);
    if (lane === undefined || allocator === null || this.replay === null) return;
    const record = this.records.lane(lane.key);
    record.frame = this.replay.lane(opening, headerBytes(allocator));
    record.series = new LaneSeries(opening.initial);
    this.change(index, { opening });
  }

  private append(index: number, slice: LogSlice): void {
    const lane = this.store.getState().lanes[index];
    if (lane === undefined) return;
    const { frame, series } = this.records.lane(lane.key);
    frame?.append(slice);
    series.growAt.append(slice.growAt);
    series.growPages.append(slice.growPages);
    series.failures.append(slice.failures);
    series.logged = slice.first + slice.address.length - 1;
    if (series.logged > this.logged) this.logged = series.logged;
    this.moveOn();
  }

  /**
   * Lets the playhead's reach follow what is recorded, and the playhead where it rides on it or is bound for a position
   * further on. A visitor who moves it has the last word.
   */
  private moveOn(): void {
    const state = this.store.getState();
    const recorded = state.lanes.some((lane) => lane.result !== null);
    const reached = recorded ? operationCount(state) : Math.max(state.reached, this.logged);
    if (reached === state.reached) return;
    if (this.aim?.at !== state.position) this.aim = null;
    const limit = limitOf({ ...state, reached });
    const position = this.aim !== null ? Math.min(this.aim.to, limit) : state.following ? limit : state.position;
    if (this.aim !== null) this.aim.at = position;
    const atEnd = recorded && position === reached;
    this.store.setState({ reached, position, following: state.following || atEnd });
  }

  private count(index: number, steps: Uint32Array): void {
    const lane = this.store.getState().lanes[index];
    if (lane === undefined || this.records.operations === null) return;
    this.records.lane(lane.key).steps = new StepSeries(steps, this.records.operations);
    this.change(index, { counted: true });
    this.surveys.touch();
  }

  private finish(cancelled: boolean): void {
    const { status, scenario } = this.store.getState();
    if (status.kind !== 'working') return;
    if (cancelled) this.store.setState({ status: { kind: 'cancelled' } });
    else if (scenario?.operations.count === 0) this.store.setState({ status: { kind: 'empty' } });
    else this.store.setState({ status: { kind: 'done' } });
    this.moveOn();
    this.surveys.touch();
  }

  private change(index: number, part: Partial<Lane>): void {
    this.store.setState((state: AppState) => ({
      lanes: state.lanes.map((lane, i) => (i === index ? { ...lane, ...part } : lane)),
    }));
  }

  private forget(key: string): void {
    const { frame } = this.records.lane(key);
    if (frame !== null) this.replay?.release(frame);
    this.records.forget(key);
  }
}

/** A document on its way. */
interface Opening {
  readonly document: Document;
  readonly work: string;
  readonly position: Position | null;
}

/** A lane before its first operation. */
export function blankLane(key: string, config: LaneConfig): Lane {
  return { key, config, opening: null, unopened: null, result: null, counted: false, survey: null };
}

/** A document as the engine takes it. */
export function sourceOf(document: Document): Source {
  return document.kind === 'script'
    ? { kind: 'script', text: document.text }
    : { kind: 'recording', name: document.name, data: document.data };
}
