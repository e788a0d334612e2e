import { engineStrings } from '../model/strings/engine.ts';
import { AHEAD, HEARTBEAT, REST, type Reply, type Request } from './protocol.ts';
import { RunNames } from './run-names.ts';

const BEAT_MS = 1_000;
/** Silent for so long while it has something to do, the worker is called lost. It may come back by itself. */
const SILENT_MS = 3_000;

type Listener = (reply: Reply) => void;

/** What the client needs of a worker; the page's own is the default. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}

function spawnWorker(): WorkerLike {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'allocators' });
}

/**
 * The page's half of the engine: one worker, requests to it, replies from it. It watches over the worker while a run goes
 * on and tells a lost one as a `crashed` reply; whoever listens decides whether to `restart`. It also knows which lanes
 * stay when lanes change, so that no reply about them is lost or put down to another lane.
 */
export class EngineClient {
  private readonly spawn: () => WorkerLike;
  private readonly listeners = new Set<Listener>();
  private worker: WorkerLike;
  private names = new RunNames();
  /** Newest run asked for. */
  private run = 0;
  private timer: ReturnType<typeof setInterval> | null = null;
  private heard = 0;
  private beaten = 0;
  private isLost = false;
  /** Does the worker wait with what reads recordings? */
  private held = true;

  constructor(spawn: () => WorkerLike = spawnWorker) {
    this.spawn = spawn;
    this.worker = this.start();
  }

  send(request: Request): void {
    switch (request.type) {
      case 'run':
        this.run = request.run;
        this.names.run(request.run, request.lanes);
        this.watch();
        this.worker.postMessage(request);
        break;
      case 'lanes':
        this.run = request.run;
        this.watch();
        this.worker.postMessage({ ...request, kept: this.names.change(request.run, request.lanes) });
        break;
      default:
        this.worker.postMessage(request);
    }
  }

  /** The worker may fetch what reads recordings: see `REST`. Until then surveys wait, and runs stay without their results. */
  fetchRest(): void {
    this.held = false;
    this.worker.postMessage(REST);
  }

  /** The worker may fetch what it may need: see `AHEAD`. */
  fetchAhead(): void {
    this.worker.postMessage(AHEAD);
  }

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Ends the worker, whatever it is doing, and starts another, which knows nothing: runs must be asked for again. */
  restart(): void {
    this.stop();
    this.names = new RunNames();
    this.worker = this.start();
  }

  dispose(): void {
    this.stop();
    this.listeners.clear();
  }

  private start(): WorkerLike {
    const worker = this.spawn();
    worker.onmessage = ({ data }) => {
      this.heard = performance.now();
      this.isLost = false;
      if (data !== HEARTBEAT) this.receive(data as Reply);
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.lose(engineStrings.workerGone(event.message ?? ''));
    };
    worker.onmessageerror = () => this.lose(engineStrings.workerGone(''));
    if (!this.held) worker.postMessage(REST);
    return worker;
  }

  private stop(): void {
    this.rest();
    this.worker.onmessage = this.worker.onerror = this.worker.onmessageerror = null;
    this.worker.terminate();
  }

  private receive(reply: Reply): void {
    const name = this.names.translate(reply.run, 'lane' in reply ? reply.lane : null);
    if (name === null) return;
    const now = { ...reply, run: name.run, ...('lane' in reply ? { lane: name.lane } : {}) } as Reply;
    switch (now.type) {
      case 'scenario':
        this.names.arrived(now.run, true);
        break;
      case 'rejected':
      case 'refused':
      case 'text':
        this.names.arrived(now.run, false);
        if (now.run === this.run) this.rest();
        break;
      case 'done':
      case 'crashed':
        if (now.run === this.run) this.rest();
        break;
      default:
    }
    this.tell(now);
  }

  private tell(reply: Reply): void {
    for (const listener of this.listeners) listener(reply);
  }

  /** A run goes on from now: the worker must be heard of, also one that was lost before anyone asked for anything. */
  private watch(): void {
    this.isLost = false;
    this.heard = this.beaten = performance.now();
    this.timer ??= setInterval(() => this.beat(), BEAT_MS);
  }

  private rest(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  private beat(): void {
    const now = performance.now();
    // The page itself slept or was held up: that says nothing about the worker.
    if (now - this.beaten > 2 * BEAT_MS) this.heard = now;
    this.beaten = now;
    if (now - this.heard > SILENT_MS) this.lose(engineStrings.workerSilent);
    else this.worker.postMessage(HEARTBEAT);
  }

  private lose(message: string): void {
    if (this.isLost) return;
    this.isLost = true;
    this.tell({ type: 'crashed', run: this.run, message });
  }
}
