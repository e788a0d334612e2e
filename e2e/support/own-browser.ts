import { type ChildProcess, spawn } from 'node:child_process';
import { type Browser, chromium } from '@playwright/test';

/** A browser over a profile on the disk, with all its processes in a group of their own: it can be killed like a power cut. */
export class OwnBrowser {
  readonly browser: Browser;
  private readonly child: ChildProcess;

  private constructor(browser: Browser, child: ChildProcess) {
    this.browser = browser;
    this.child = child;
  }

  static async launch(executable: string, profile: string): Promise<OwnBrowser> {
    const flags = ['--headless=new', '--no-sandbox', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
    const quiet = ['--disable-background-networking', '--disable-component-update', '--no-first-run'];
    const child = spawn(executable, [...flags, ...quiet, 'about:blank'], {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const port = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stderr!.on('data', (piece) => {
        said += piece;
        const found = /DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', () => reject(new Error(`The browser did not start: ${said}`)));
    });
    return new OwnBrowser(await chromium.connectOverCDP(`http://127.0.0.1:${port}`), child);
  }

  /** SIGKILL to every process at once; resolves when they are gone. */
  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    process.kill(-this.child.pid!, 'SIGKILL');
    await gone;
    await this.browser.close().catch(() => undefined);
  }
}
