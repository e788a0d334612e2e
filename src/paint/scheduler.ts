/** Draws something. `time` is the frame's, in milliseconds, the same for all that run in it. */
export type Painter = (time: number) => void;

/**
 * The one owner of `requestAnimationFrame`: whoever has something to draw says so, as often as it likes, and is called
 * once in the next frame. A painter that asks again while it runs is called in the frame after. No frame is requested when
 * nothing is dirty. A painter that throws does not keep the others from drawing.
 */
export class Scheduler {
  private dirty = new Set<Painter>();
  private running = new Set<Painter>();
  private requested = false;
  private waiting: (() => void)[] = [];
  private readonly request: (callback: (time: number) => void) => void;

  constructor(request: (callback: (time: number) => void) => void) {
    this.request = request;
  }

  invalidate(painter: Painter): void {
    this.dirty.add(painter);
    if (this.requested) return;
    this.requested = true;
    this.request(this.frame);
  }

  /** The painter is not called any more, not even in the frame under way. */
  forget(painter: Painter): void {
    this.dirty.delete(painter);
    this.running.delete(painter);
  }

  /** Resolves when a frame has ended and nothing is left to draw; at once where that is so already. */
  whenIdle(): Promise<void> {
    if (!this.requested) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private readonly frame = (time: number) => {
    const now = this.dirty;
    this.dirty = this.running;
    this.running = now;
    this.requested = false;
    for (const painter of now) {
      try {
        painter(time);
      } catch (error) {
        reportLater(error);
      }
    }
    now.clear();
    if (this.requested) return;
    const { waiting } = this;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  };
}

/** Reaches the page's handlers of uncaught errors, after the frame. */
function reportLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

export const scheduler = new Scheduler((callback) => requestAnimationFrame(callback));
