import { type Database, result, type Stores } from './database.ts';
import { isRevision, readRecord, SCHEMA, type WorkRecord } from './record.ts';

/** Pieces of work that are kept: the newest of the visitor's own, and of scenarios that were only looked at. */
export const MOST_OWN = 50;
const MOST_LOOKED_AT = 10;

const COUNTER = 'revision';

export interface Entry {
  readonly id: string;
  readonly record: WorkRecord;
}

/** What is to be saved. `recording`: bytes that go with it, left out where they are there already. */
export type Content = Pick<WorkRecord, 'own' | 'name' | 'text'> & { readonly recording?: Blob };

export type Saved =
  | { readonly kind: 'saved'; readonly revision: number }
  /** Somebody else wrote under this id since, or a newer page did: nothing was written. */
  | { readonly kind: 'taken' };

/** Every piece of work, in the page's database. */
export class Archive {
  private readonly database: Database;
  private readonly now: () => number;

  constructor(database: Database, now: () => number = Date.now) {
    this.database = database;
    this.now = now;
  }

  /** Saves under an id. `last` is the revision that this page saved or read last under it, 0 for none. */
  save(id: string, { recording, ...content }: Content, last: number): Promise<Saved> {
    return this.database.write(async (stores): Promise<Saved> => {
      const there: unknown = await result(stores('work').get(id));
      if (there !== undefined) {
        const stored = readRecord(there);
        if (stored.kind !== 'record' || stored.record.revision !== last) return { kind: 'taken' };
      }
      const revision = await nextRevision(stores);
      const record: WorkRecord = { schema: SCHEMA, revision, saved: this.now(), ...content };
      stores('work').put(record, id);
      if (recording !== undefined) stores('recordings').put(recording, id);
      return { kind: 'saved', revision };
    });
  }

  /** What can be read, newest first. What cannot is put into quarantine; what a newer page wrote is left where it is. */
  async list(): Promise<{ readonly entries: readonly Entry[]; readonly damaged: number; readonly newer: number }> {
    const all = await this.database.read(everything);
    const entries: Entry[] = [];
    let damaged = 0;
    let newer = 0;
    for (const [id, value] of all) {
      const stored = readRecord(value);
      if (stored.kind === 'record') entries.push({ id, record: stored.record });
      else if (stored.kind === 'newer') newer++;
      else {
        damaged++;
        await this.quarantine(id);
      }
    }
    entries.sort((a, b) => b.record.revision - a.record.revision);
    return { entries, damaged, newer };
  }

  /** The bytes of a recording, null where they are gone. */
  async recording(id: string): Promise<Blob | null> {
    const blob: unknown = await this.database.read((stores) => result(stores('recordings').get(id)));
    return blob instanceof Blob ? blob : null;
  }

  /** Moves what is stored under an id to a key of its own, as it is. */
  quarantine(id: string): Promise<void> {
    return this.database.write(async (stores) => {
      const raw: unknown = await result(stores('work').get(id));
      if (raw === undefined) return;
      const keys = await result(stores('quarantine').getAllKeys());
      let key = id;
      for (let k = 2; keys.includes(key); k++) key = `${id} ${k}`;
      stores('quarantine').put(raw, key);
      stores('work').delete(id);
    });
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.database.write(async (stores) => {
      for (const id of ids) {
        stores('work').delete(id);
        stores('recordings').delete(id);
      }
    });
  }

  /** Lets the oldest go where there are too many. */
  async prune(entries: readonly Entry[]): Promise<void> {
    const own = entries.filter(({ record }) => record.own).slice(MOST_OWN);
    const others = entries.filter(({ record }) => !record.own).slice(MOST_LOOKED_AT);
    const ids = [...own, ...others].map(({ id }) => id);
    if (ids.length > 0) await this.remove(ids);
  }

  /** All there is, unread, as one JSON file: the last way out where the page cannot open it. */
  async export(): Promise<Blob> {
    const [work, quarantine, recordings] = await this.database.read(async (stores) => [
      await everything(stores, 'work'),
      await everything(stores, 'quarantine'),
      await everything(stores, 'recordings'),
    ]);
    const texts: [string, string][] = [];
    for (const [id, blob] of recordings!) if (blob instanceof Blob) texts.push([id, await blob.text()]);
    const all = { work, quarantine, recordings: texts };
    return new Blob([JSON.stringify(all, null, 1)], { type: 'application/json' });
  }
}

async function everything(stores: Stores, name: 'work' | 'quarantine' | 'recordings' = 'work') {
  const keys = await result(stores(name).getAllKeys());
  const values: unknown[] = await result(stores(name).getAll());
  return keys.map((key, k) => [String(key), values[k]] as const);
}

/** One more than every revision there is; a counter that is gone or spoiled is made anew from the records. */
async function nextRevision(stores: Stores): Promise<number> {
  let last: unknown = await result(stores('counters').get(COUNTER));
  if (!isRevision(last)) {
    const records = (await everything(stores)).map(([, value]) => readRecord(value));
    last = Math.max(0, ...records.map((stored) => (stored.kind === 'record' ? stored.record.revision : 0)));
  }
  const next = (last as number) + 1;
  stores('counters').put(next, COUNTER);
  return next;
}
