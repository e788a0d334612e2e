/** A timer later than this says that the page is behind with its frames. */
const LATE_MS = 16;

/**
 * Calls back once when nothing has touched it for so long. Touching costs a look at the clock: one timer runs, and finds out
 * for itself how much longer it has to wait. Where it comes late the page is behind, and what moves may just have had no
 * frame to move in: then it waits once more, so that a slow machine does not take every frame for a rest.
 */
export class Rest {
  private readonly wait: number;
  private readonly call: () => void;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private due = 0;
  private waitedOn = false;

  /** `wait` in milliseconds. */
  constructor(wait: number, call: () => void) {
    this.wait = wait;
    this.call = call;
  }

  get pending(): boolean {
    return this.timer !== null;
  }

  touch(): void {
    this.due = performance.now() + this.wait;
    this.waitedOn = false;
    this.timer ??= setTimeout(this.look, this.wait);
  }

  cancel(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private readonly look = () => {
    const late = performance.now() - this.due;
    // Timers of a browser may come a fraction of a millisecond early.
    const left = late < -0.5 ? -late : late > LATE_MS && !this.waitedOn ? this.wait : 0;
    if (left > 0) {
      this.waitedOn ||= late >= -0.5;
      this.timer = setTimeout(this.look, left);
      return;
    }
    this.timer = null;
    this.call();
  };
}
