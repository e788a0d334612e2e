/** What is needed of the browser's locks, which end with the tab that holds them, however it ends. */
export type Locks = Pick<LockManager, 'request'>;

const TRIES = 5;
const TRY_MS = 60;

/**
 * Which tab writes which piece of work: one alone. A tab holds one claim at a time. Where the browser has no locks every
 * claim is granted, and the archive's revisions are what keeps tabs apart.
 */
export class Claims {
  private readonly locks: Locks | null;
  private held = '';
  private release: () => void = () => undefined;

  constructor(locks: Locks | null) {
    this.locks = locks;
  }

  /**
   * Takes a claim in the place of the one before; false where another tab has it, and then the one before stays. `again`:
   * this tab had it before it was reloaded, and the browser may still be letting go of it.
   */
  async take(id: string, again = false): Promise<boolean> {
    if (id === this.held) return true;
    let release = await this.request(id);
    for (let tries = 0; again && release === null && tries < TRIES; tries++) {
      await new Promise((resolve) => setTimeout(resolve, TRY_MS));
      release = await this.request(id);
    }
    if (release === null) return false;
    this.release();
    this.held = id;
    this.release = release;
    return true;
  }

  private request(id: string): Promise<(() => void) | null> {
    const { locks } = this;
    if (locks === null) return Promise.resolve(() => undefined);
    return new Promise((resolve) => {
      const asked = locks.request(`heapscape.work.${id}`, { ifAvailable: true }, (lock) => {
        if (lock === null) return resolve(null);
        return new Promise<void>((release) => resolve(release));
      });
      // A page that may not use locks at all.
      asked.catch(() => resolve(() => undefined));
    });
  }
}
