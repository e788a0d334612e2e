import { IDBFactory } from 'fake-indexeddb';
import { type App, createApp } from '../app.ts';
import { FakeEngine, fakePorts } from '../testing.ts';
import { Archive } from './archive.ts';
import { Claims, type Locks } from './claims.ts';
import { Database } from './database.ts';
import { Keeper, type TabMemory } from './keeper.ts';

/** A browser as far as keeping goes: one disk, one set of locks, any number of tabs. */
export class FakeBrowser {
  readonly disk = new IDBFactory();
  readonly locked = new Set<string>();
  /** Milliseconds since 1970, as the clock shows it. */
  clock = 1_700_000_000_000;

  archive(): Archive {
    return new Archive(new Database(this.disk), () => this.clock);
  }

  /** A tab, with the memory of the one that it is a reload of. Its locks end with `close`. */
  tab(memory = new Map<string, string>()): FakeTab {
    return new FakeTab(this, memory);
  }
}

export class FakeTab {
  readonly engine = new FakeEngine();
  readonly app: App;
  readonly keeper: Keeper;
  readonly memory: Map<string, string>;
  private readonly releases: (() => void)[] = [];

  constructor(browser: FakeBrowser, memory: Map<string, string>) {
    this.memory = memory;
    this.app = createApp(fakePorts(this.engine));
    const tab: TabMemory = {
      get: (key) => memory.get(key) ?? null,
      set: (key, value) => memory.set(key, value),
    };
    this.keeper = new Keeper(this.app, browser.archive(), new Claims(this.locks(browser)), tab);
    this.app.store.setState({ guide: false });
    this.keeper.start();
  }

  /** The tab is gone, in whatever way: what it held is free. */
  close(): void {
    for (const release of this.releases) release();
  }

  private locks(browser: FakeBrowser): Locks {
    const request = async (name: string, _: unknown, held: (lock: unknown) => unknown) => {
      if (browser.locked.has(name)) return held(null);
      browser.locked.add(name);
      const release = () => browser.locked.delete(name);
      this.releases.push(release);
      await held({ name });
      return release();
    };
    return { request } as unknown as Locks;
  }
}
