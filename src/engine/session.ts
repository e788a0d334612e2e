import type { LaneConfig } from '../model/lanes.ts';
import { parseLaneName } from '../model/lanes.ts';
import type { Scenario } from '../model/scenario.ts';
import { engineStrings } from '../model/strings/engine.ts';
import { Breath } from './breath.ts';
import { LaneError, LaneRecording } from './lane-recording.ts';
import type { LaneRun } from './lane-run.ts';
import { type LaneReply, LaneSlot, type Phase } from './lane-slot.ts';
import { MemoryPool } from './memory-pool.ts';
import { loadLaneModules, loadRecordingModules, type ModuleSource } from './modules.ts';
import type { Reply, Request } from './protocol.ts';
import { scenarioFacts } from './scenario-facts.ts';
import { obtainScenario } from './sources.ts';

export type Post = (reply: Reply, transfer?: Transferable[]) => void;

type Ask<Type extends Request['type']> = Extract<Request, { type: Type }>;

/** A source on its way to a scenario. */
interface Job {
  id: number;
  lanes: readonly LaneConfig[];
  readonly stop: AbortController;
  /** Another source came: nothing of this one is wanted any more. */
  dropped: boolean;
}

/** A scenario and its lanes. `id` changes when other lanes are asked for. */
interface Run {
  id: number;
  readonly scenario: Scenario;
  slots: LaneSlot[];
  cancelled: boolean;
  over: boolean;
  working: boolean;
}

const PHASES = ['recording', 'settling', 'counting'] as const satisfies readonly Phase[];
const PROGRESS_MS = 100;

/**
 * The worker's whole work, without the worker: takes requests, posts replies. One run at a time; the one before stays, and
 * answers, until the scenario of the next is there. All work is done in slices of about 10 ms with a breath between, and
 * all lanes go forward together.
 */
export class Session {
  private readonly post: Post;
  private readonly modules: ModuleSource;
  private readonly rest: Promise<void>;
  private readonly pool = new MemoryPool();
  private readonly breath = new Breath();
  private job: Job | null = null;
  private run: Run | null = null;
  /** Newest survey asked for of each lane, by its number. */
  private readonly surveys = new Map<number, Ask<'survey'>>();
  private page: Ask<'page'> | null = null;
  private readonly others: (Ask<'bytes'> | Ask<'save'>)[] = [];
  private serving = false;
  private reported = 0;

  /** `rest`: when what is not needed for recording may be loaded. */
  constructor(post: Post, modules: ModuleSource, rest: Promise<void> = Promise.resolve()) {
    this.post = post;
    this.modules = modules;
    this.rest = rest;
  }

  /** Never throws: what goes wrong is a `crashed` reply. */
  receive(request: Request): void {
    switch (request.type) {
      case 'run':
        this.guard(request.run, this.start(request));
        break;
      case 'lanes':
        this.guard(request.run, this.changeLanes(request));
        break;
      case 'cancel':
        this.cancel(request.run);
        break;
      case 'survey':
        this.surveys.set(request.lane, request);
        this.guard(request.run, this.serve());
        break;
      case 'page':
        this.page = request;
        this.guard(request.run, this.serve());
        break;
      case 'bytes':
      case 'save':
        this.others.push(request);
        this.guard(request.run, this.serve());
        break;
    }
  }

  /** Ends all work and lets the memories go. */
  close(): void {
    if (this.job !== null) this.drop(this.job);
    if (this.run !== null) this.end(this.run);
    this.breath.close();
  }

  private guard(run: number, work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (this.run?.id === run) this.end(this.run);
      this.post({ type: 'crashed', run, message: error instanceof Error ? error.message : String(error) });
    });
  }

  private async start({ run: id, source, lanes }: Ask<'run'>): Promise<void> {
    if (this.job !== null) this.drop(this.job);
    const job: Job = { id, lanes, stop: new AbortController(), dropped: false };
    this.job = job;
    const post: Post = (reply) => {
      if (!job.dropped) this.post({ ...reply, run: job.id } as Reply);
    };
    let scenario: Scenario | null;
    try {
      scenario = await obtainScenario(source, job.stop.signal, this.breath, post);
    } finally {
      if (this.job === job) this.job = null;
    }
    if (job.dropped || scenario === null) return;
    const { operations } = scenario;
    if (this.run !== null) this.end(this.run);
    const run: Run = {
      id: job.id,
      scenario,
      slots: job.lanes.map((config) => new LaneSlot(config, operations)),
      cancelled: job.stop.signal.aborted,
      over: false,
      working: false,
    };
    this.run = run;
    this.surveys.clear();
    this.post({ type: 'scenario', run: run.id, scenario, format: scenario.format });
    await this.work(run);
  }

  private async changeLanes({ run: id, lanes, kept = [] }: Ask<'lanes'>): Promise<void> {
    if (this.job !== null) {
      this.job.id = id;
      this.job.lanes = lanes;
    }
    const { run } = this;
    if (run === null || run.over) return;
    const before = run.slots;
    run.id = id;
    run.slots = lanes.map((config, k) => before[kept[k] ?? -1] ?? new LaneSlot(config, run.scenario.operations));
    for (const slot of before) if (!run.slots.includes(slot)) slot.dispose();
    this.surveys.clear();
    await this.work(run);
  }

  private cancel(id: number): void {
    if (this.job?.id === id) this.job.stop.abort();
    else if (this.run?.id === id && this.run.working) {
      this.run.cancelled = true;
      for (const slot of this.run.slots) slot.cutShort();
    }
  }

  private drop(job: Job): void {
    job.dropped = true;
    job.stop.abort();
  }

  private end(run: Run): void {
    run.over = true;
    for (const slot of run.slots) slot.dispose();
    run.slots = [];
  }

  /** Opens, records, concludes and counts all lanes; one such loop a run, however often lanes change. */
  private async work(run: Run): Promise<void> {
    if (run.working) return;
    run.working = true;
    try {
      while (!run.over) {
        await this.openLanes(run);
        const phase = PHASES.find((one) => run.slots.some((slot) => slot.phase === one));
        const recorded = run.slots.filter((slot) => slot.phase === 'recorded');
        if (phase !== 'recording' && recorded.length > 0 && !run.over) {
          for (const slot of recorded) await this.reading(slot);
          continue;
        }
        if (run.over || phase === undefined) break;
        for (const slot of run.slots.filter((one) => one.phase === phase)) {
          // Lanes may have gone, or the run ended, during a breath.
          if (run.slots.includes(slot)) {
            this.say(run, slot, slot.work());
            this.report(run, slot, phase);
          }
          await this.breath.take();
        }
      }
    } finally {
      run.working = false;
    }
    if (run.over || this.job !== null) return;
    this.post({ type: 'done', run: run.id, cancelled: run.cancelled });
    run.cancelled = false;
  }

  private async openLanes(run: Run): Promise<void> {
    for (const slot of run.slots.filter(({ phase }) => phase === 'opening')) {
      const allocator = parseLaneName(slot.config.name);
      const misuse = scenarioFacts(run.scenario).firstMisuse <= run.scenario.operations.count;
      const modules = allocator === null ? null : await loadRecordingModules(this.modules, allocator, misuse);
      if (run.over || !run.slots.includes(slot)) continue;
      try {
        if (modules === null) throw new LaneError(engineStrings.unknownLane(slot.config.name));
        const recording = new LaneRecording(run.scenario, slot.config, modules, this.pool);
        slot.open(recording);
        this.say(run, slot, { type: 'lane', opening: recording.opening });
      } catch (error) {
        slot.phase = 'done';
        if (error instanceof LaneError) this.say(run, slot, { type: 'unopened', message: error.message });
        else if (error instanceof RangeError)
          this.say(run, slot, { type: 'unopened', message: engineStrings.noMemory });
        else throw error;
      }
    }
  }

  /** What reads a lane's recording; comes with the first one that is asked for. Null while the lane is not open. */
  private async reading(slot: LaneSlot): Promise<LaneRun | null> {
    const { recording } = slot;
    if (slot.run !== null || recording === null) return slot.run;
    await this.rest;
    const [{ LaneRun }, modules] = await Promise.all([
      import('./lane-run.ts'),
      loadLaneModules(this.modules, recording.allocator),
    ]);
    // Asked for twice, or the lane has gone meanwhile.
    if (slot.run === null) slot.read(new LaneRun(recording, modules));
    return slot.run;
  }

  /** How far a lane is, a few times a second. */
  private report(run: Run, slot: LaneSlot, phase: (typeof PHASES)[number]): void {
    if (phase === 'settling' || performance.now() - this.reported < PROGRESS_MS) return;
    this.reported = performance.now();
    this.say(run, slot, { type: 'progress', phase, done: slot.done, total: run.scenario.operations.count });
  }

  private say(run: Run, slot: LaneSlot, reply: LaneReply | null): void {
    if (reply === null) return;
    const addressed = { ...reply, run: run.id, lane: run.slots.indexOf(slot) } as Reply;
    this.post(addressed, buffersOf(addressed));
  }

  private async serve(): Promise<void> {
    if (this.serving) return;
    this.serving = true;
    try {
      // What is queued behind this request gets in first: a newer survey replaces one that waits.
      await this.breath.take();
      while (this.surveys.size > 0 || this.page !== null || this.others.length > 0) {
        // One page is quickly read, and is what somebody looks at.
        const { page } = this;
        this.page = null;
        if (page !== null) await this.readPage(page);
        for (const [lane, ask] of this.surveys) {
          this.surveys.delete(lane);
          await this.survey(ask);
          await this.breath.take();
        }
        const other = this.others.shift();
        if (other?.type === 'bytes') await this.bytes(other);
        else if (other?.type === 'save') await this.save(other);
      }
    } finally {
      this.serving = false;
    }
  }

  /** Null where the lane is not open, or has gone meanwhile. */
  private async laneOf({ run, lane }: { readonly run: number; readonly lane: number }): Promise<LaneRun | null> {
    const slot = this.run?.id === run ? this.run.slots[lane] : undefined;
    if (slot === undefined) return null;
    const reading = await this.reading(slot);
    return this.run?.id === run && this.run.slots[lane] === slot ? reading : null;
  }

  private async survey({ run, lane, ticket, position }: Ask<'survey'>): Promise<void> {
    const target = await this.laneOf({ run, lane });
    if (target === null) return;
    const survey = target.survey(Math.min(position, target.recorded));
    const reply: Reply = { type: 'survey', run, ticket, lane, survey };
    this.post(reply, buffersOf(reply));
  }

  private async readPage({ run, lane, ticket, position, page, lists }: Ask<'page'>): Promise<void> {
    const target = await this.laneOf({ run, lane });
    if (target === null) return;
    const reply: Reply = {
      type: 'page',
      run,
      ticket,
      lane,
      reading: target.page(Math.min(position, target.recorded), page, lists),
    };
    this.post(reply, buffersOf(reply));
  }

  private async bytes({ run, lane, ticket, position, from, length, chunk }: Ask<'bytes'>): Promise<void> {
    const target = await this.laneOf({ run, lane });
    if (target === null) return;
    const reading = target.bytes(Math.min(position, target.recorded), from, length, chunk);
    this.post({ type: 'bytes', run, ticket, lane, reading }, [reading.bytes.buffer as ArrayBuffer]);
  }

  private async save({ run, ticket, format }: Ask<'save'>): Promise<void> {
    if (this.run?.id !== run) return;
    const { scenario } = this.run;
    const { saveOperations, saveRep } = await import('../trace/index.ts');
    const { chunks, leftOut } = format === 'operations' ? saveOperations(scenario) : saveRep(scenario);
    const parts: string[] = [];
    for (const chunk of chunks) {
      parts.push(chunk);
      if (parts.length % 64 === 0) await this.breath.take();
    }
    this.post({ type: 'saved', run, ticket, text: new Blob(parts, { type: 'text/plain' }), leftOut });
  }
}

/** What moves instead of being copied: nothing that the session needs again. */
function buffersOf(reply: Reply): Transferable[] {
  switch (reply.type) {
    case 'log': {
      const { address, usable, requested, failures, growAt, growPages } = reply.slice;
      return [address, usable, failures, growAt, growPages, ...(requested === null ? [] : [requested])].map(
        ({ buffer }) => buffer as ArrayBuffer,
      );
    }
    case 'survey': {
      const { survey } = reply;
      return [
        survey.holeAddress,
        survey.holeBytes,
        survey.histogramCount,
        survey.histogramBytes,
        survey.spanKind,
        survey.spanStart,
        survey.spanBytes,
      ].map(({ buffer }) => buffer as ArrayBuffer);
    }
    case 'page': {
      const { spans, blocks, lists, history } = reply.reading;
      const last = history === null ? [] : [history];
      return [...Object.values(spans), ...Object.values(blocks), ...Object.values(lists ?? {}), ...last].map(
        ({ buffer }) => buffer as ArrayBuffer,
      );
    }
    default:
      return [];
  }
}
