import type { Survey } from '../model/metrics.ts';
import type { EnginePort } from './ports.ts';
import { Rest } from './rest.ts';
import type { AppStore } from './store.ts';

/** The playhead rests when it has not moved for this long; with the worker's answer that stays within 100 ms. */
const REST_MS = 40;
/** The first answer waits no longer than this for those of the other lanes. */
const TOGETHER_MS = 25;

/**
 * Asks for the exact bytes of every lane once the playhead rests. What was read stays in the store with its position, so
 * a view knows by itself whether it is stale; nothing is ever guessed in between.
 */
export class Surveys {
  private readonly store: AppStore;
  private readonly engine: EnginePort;
  private readonly goodRun: () => number;
  private readonly rest = new Rest(REST_MS, () => this.ask());
  private ticket = 0;
  /** Answers that have come, by lane: shown together, so that the page is laid out once for all lanes. */
  private readonly answers = new Map<string, Survey>();
  private flush: ReturnType<typeof setTimeout> | null = null;
  /** Ticket of the answer that each lane waits for, by its key. */
  private readonly waiting = new Map<string, number>();

  constructor(store: AppStore, engine: EnginePort, goodRun: () => number) {
    this.store = store;
    this.engine = engine;
    this.goodRun = goodRun;
  }

  /** The playhead moved, or a lane can now be read. */
  touch(): void {
    this.rest.touch();
  }

  get pending(): boolean {
    return this.rest.pending || this.flush !== null || this.waiting.size > 0;
  }

  /** Nothing that was asked for will be answered any more. */
  drop(): void {
    this.waiting.clear();
    this.answers.clear();
    if (this.flush !== null) clearTimeout(this.flush);
    this.flush = null;
  }

  /** An answer came: it is in the store with those of the other lanes, at the latest after a few milliseconds. */
  answered(key: string, ticket: number, survey: Survey): void {
    if (this.waiting.get(key) === ticket) this.waiting.delete(key);
    this.answers.set(key, survey);
    if (this.waiting.size === 0) this.show();
    else this.flush ??= setTimeout(() => this.show(), TOGETHER_MS);
  }

  private show(): void {
    if (this.flush !== null) clearTimeout(this.flush);
    this.flush = null;
    this.store.setState(({ lanes }) => ({
      lanes: lanes.map((lane) => {
        const survey = this.answers.get(lane.key);
        return survey === undefined ? lane : { ...lane, survey };
      }),
    }));
    this.answers.clear();
  }

  private ask(): void {
    const { lanes, position } = this.store.getState();
    lanes.forEach((lane, index) => {
      if (lane.result === null) return;
      const at = Math.min(position, lane.result.executed);
      // What was read before the steps were counted lacks them.
      const lacksSteps = lane.counted && lane.survey?.metrics.search_steps === null;
      if (lane.survey?.position === at && !lacksSteps) return;
      this.ticket++;
      this.waiting.set(lane.key, this.ticket);
      this.engine.send({
        type: 'survey',
        run: this.goodRun(),
        ticket: this.ticket,
        lane: index,
        position: at,
      });
    });
  }
}
