import type { Browser, CDPSession } from '@playwright/test';

/**
 * A tab driven by the protocol alone: one that has crashed can be reloaded, which the test runner's own pages cannot.
 * What belongs to a tab, like its session storage, is put to the test with it.
 */
export class RawTab {
  private readonly browser: CDPSession;
  private readonly session: string;
  private asked = 0;
  private readonly answers = new Map<number, (answer: unknown) => void>();

  private constructor(browser: CDPSession, session: string) {
    this.browser = browser;
    this.session = session;
    browser.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
      const { id, result } = JSON.parse(message);
      if (sessionId === session) this.answers.get(id)?.(result);
    });
  }

  static async open(browser: Browser, browserContextId?: string): Promise<RawTab> {
    const session = await browser.newBrowserCDPSession();
    await session.send('Target.setDiscoverTargets', { discover: true });
    const { targetId } = await session.send('Target.createTarget', {
      url: 'about:blank',
      ...(browserContextId === undefined ? {} : { browserContextId }),
    });
    const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false });
    return new RawTab(session, sessionId);
  }

  async goto(url: string): Promise<void> {
    await this.send('Page.navigate', { url });
    // A first visit's demonstration plays, and a page that plays is never idle.
    const quiet = 'app.look.leaveGuide(), app.playback.pause()';
    await this.until(`(({ app, whenIdle }) => (${quiet}, whenIdle().then(() => true)))(window.heapscape)`);
  }

  /** Kills the renderer, and waits until it is dead: what is asked of a dying one is never answered. */
  async crash(): Promise<void> {
    const dead = new Promise<void>((resolve) => this.browser.once('Target.targetCrashed', () => resolve()));
    void this.send('Page.crash', {});
    await dead;
  }

  /** The value of an expression, awaited. */
  async evaluate(expression: string): Promise<unknown> {
    const answer = await this.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    return (answer as { result?: { value?: unknown } } | undefined)?.result?.value;
  }

  /** Asks until an expression is true. */
  async until(expression: string): Promise<void> {
    for (let tries = 0; tries < 300; tries++) {
      const late = new Promise((resolve) => setTimeout(resolve, 5000));
      if ((await Promise.race([this.evaluate(expression), late])) === true) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`Never true: ${expression}`);
  }

  private async send(method: string, params: object): Promise<unknown> {
    this.asked++;
    const id = this.asked;
    const answer = new Promise((resolve) => this.answers.set(id, resolve));
    const message = JSON.stringify({ id, method, params });
    await this.browser.send('Target.sendMessageToTarget', { sessionId: this.session, message });
    return answer;
  }
}
