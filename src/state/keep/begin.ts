import { workStrings } from '../../model/strings/work.ts';
import { FIRST_SCENARIO, USUAL_SCENARIO } from '../../script/gallery.ts';
import type { App } from '../app.ts';
import type { LinkOutcome } from '../arrivals.ts';
import type { Document } from '../store.ts';
import { isOwnWork, LESSON_WORK } from '../work.ts';
import { Archive } from './archive.ts';
import { Claims, type Locks } from './claims.ts';
import { Database } from './database.ts';
import { Keeper, type Reading, type TabMemory } from './keeper.ts';

/** A start that ended sooner than this, and not by leaving the page, died. */
const ALIVE_MS = 5_000;
/** So many starts that died in a row, and the next one brings nothing back by itself. */
const MOST_DEATHS = 3;
/** A database that does not answer for so long is refused: the page must begin. */
const PATIENCE_MS = 1_000;

/** What keeping needs of the browser. Each part may be missing or refuse. */
export interface KeepWorld {
  readonly database: IDBFactory | null;
  readonly locks: Locks | null;
  readonly tab: TabMemory;
  /** The hash of the address, `#` included; '' for none. */
  readonly hash: string;
  readonly openLink: () => Promise<LinkOutcome>;
}

/**
 * Begins keeping, and with what there is: the link in the address, the work that this tab had, the newest work. Resolves to
 * false where there is none of it and the page may show what it likes.
 */
export async function beginKeeping(app: App, world: KeepWorld): Promise<boolean> {
  const keeper = startKeeper(app, world);
  return countStart(world.tab) ? offerSafeMode(app) : beginWith(app, keeper, world);
}

/**
 * Begins keeping where nothing is kept yet, which `nothingKept` says: what the visitor has done since the page began is
 * saved, and nothing is opened.
 */
export async function beginKeepingLate(app: App, world: Omit<KeepWorld, 'hash' | 'openLink'>): Promise<void> {
  const keeper = startKeeper(app, world);
  countStart(world.tab);
  keeper.catchUp();
  // Nothing is to be found; but the database is there from now on, as it is where keeping begins at once.
  await patient(keeper.find(false));
}

function startKeeper(app: App, { database, locks, tab }: Omit<KeepWorld, 'hash' | 'openLink'>): Keeper {
  const keeper = new Keeper(app, new Archive(new Database(database)), new Claims(locks), tab);
  app.keeper = keeper;
  keeper.start();
  return keeper;
}

async function beginWith(app: App, keeper: Keeper, { tab, hash, openLink }: KeepWorld): Promise<boolean> {
  const restore = async (any: boolean) => {
    const finding = keeper.find(any);
    const found = await patient(finding);
    if (found !== null) void keeper.open(found);
    else void openLate(app, keeper, finding);
    return found !== null;
  };
  if (hash.length > 1) {
    // A link that this tab opened before was worked on since: a reload brings that back, not the link.
    if (tab.get('link') === hash && (await restore(false))) return true;
    const outcome = await openLink();
    if (outcome === 'opened' || outcome === 'elsewhere') return true;
  }
  return restore(true);
}

/**
 * A slow disk, or one that is put in order after a crash, may answer when the page has begun: what was kept takes the place of
 * what nobody chose, and stays among the recent work where the visitor has begun something meanwhile.
 */
async function openLate(app: App, keeper: Keeper, finding: Promise<Reading | null>): Promise<void> {
  const found = await finding.catch(() => null);
  if (found === null) return;
  const { document, work } = app.store.getState();
  if (work !== LESSON_WORK && !isOwnWork(document) && nobodyChose(document)) void keeper.open(found);
}

/** Is it what the page begins with by itself? */
function nobodyChose({ origin }: Document): boolean {
  return origin.kind !== 'gallery' || origin.id === FIRST_SCENARIO || origin.id === USUAL_SCENARIO;
}

/** Storage that refuses or hangs brings nothing back by then; that it refuses is told when there is something to save. */
function patient<T>(found: Promise<T | null>): Promise<T | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  return Promise.race([found.catch(() => null), late]);
}

/** Counts a start of this tab until it has lived; true where too many before it died. */
function countStart(tab: TabMemory): boolean {
  const deaths = Number(tab.get('starts') ?? 0);
  const safe = deaths >= MOST_DEATHS;
  tab.set('starts', String(safe ? 0 : deaths + 1));
  setTimeout(() => tab.set('starts', '0'), ALIVE_MS);
  return safe;
}

function offerSafeMode(app: App): boolean {
  app.store.setState({ guide: false });
  app.look.notify({ key: 'kept', text: workStrings.safeMode, alert: true, ways: ['restore', 'export'] });
  return false;
}
