import { DATABASE_NAME } from './nothing-kept.ts';

const VERSION = 1;

/**
 * `work`: records of pieces of work by their id. `recordings`: the bytes of recordings of the visitor's own, by the same
 * id. `counters`: the revision. `quarantine`: what could not be read, raw.
 */
export const STORES = ['work', 'recordings', 'counters', 'quarantine'] as const;
export type StoreName = (typeof STORES)[number];

export type Stores = (name: StoreName) => IDBObjectStore;

/**
 * The page's database, opened when first asked for and again where the browser closed it: site data cleared, a newer page in
 * another tab. What a transaction resolves to is on the disk (durability strict), so a killed browser does not lose it.
 */
export class Database {
  private readonly factory: IDBFactory | null;
  private opening: Promise<IDBDatabase> | null = null;

  /** `factory` is null where the browser has none or refuses to hand it out. */
  constructor(factory: IDBFactory | null) {
    this.factory = factory;
  }

  read<T>(act: (stores: Stores) => Promise<T>): Promise<T> {
    return this.transaction('readonly', act);
  }

  /** All or nothing; throws what the browser refused it with, a full disk as `QuotaExceededError`. */
  write<T>(act: (stores: Stores) => Promise<T>): Promise<T> {
    return this.transaction('readwrite', act);
  }

  private async transaction<T>(mode: IDBTransactionMode, act: (stores: Stores) => Promise<T>): Promise<T> {
    return settled(await this.begin(mode), act);
  }

  private async begin(mode: IDBTransactionMode): Promise<IDBTransaction> {
    const begin = async () => (await this.open()).transaction(STORES, mode, { durability: 'strict' });
    try {
      return await begin();
    } catch {
      // Closed since it was opened: once more, with another connection.
      this.opening = null;
      return begin();
    }
  }

  private open(): Promise<IDBDatabase> {
    this.opening ??= this.connect();
    return this.opening;
  }

  private connect(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      if (this.factory === null) throw new DOMException('No database', 'NotSupportedError');
      const asked = this.factory.open(DATABASE_NAME, VERSION);
      const close = () => {
        this.opening = null;
      };
      asked.onupgradeneeded = () => {
        for (const name of STORES)
          if (!asked.result.objectStoreNames.contains(name)) asked.result.createObjectStore(name);
      };
      asked.onerror = () => {
        close();
        reject(asked.error);
      };
      asked.onsuccess = () => {
        const database = asked.result;
        database.onclose = close;
        // A newer page wants another layout; what this one writes is refused from then on, not mixed into it.
        database.onversionchange = () => {
          close();
          database.close();
        };
        resolve(database);
      };
    });
  }
}

/** A request's result. */
export function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function settled<T>(transaction: IDBTransaction, act: (stores: Stores) => Promise<T>): Promise<T> {
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('Not written', 'AbortError'));
  });
  try {
    const value = await act((name) => transaction.objectStore(name));
    await done;
    return value;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // Over already.
    }
    await done.catch(() => undefined);
    // Where the browser ended it, its requests say no more than that.
    throw transaction.error ?? error;
  }
}
