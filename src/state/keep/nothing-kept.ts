export const DATABASE_NAME = 'heapscape';

/** A browser that does not answer for so long may have kept something. */
const PATIENCE_MS = 500;

/**
 * Is it sure that nothing is kept: the browser says that there is no database of the page's? Then the page can begin before
 * what keeps work has arrived. False where it does not say, or not soon. Never rejects.
 */
export function nothingKept(factory: IDBFactory | null): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS));
  return Promise.race([isMissing(factory).catch(() => false), late]);
}

async function isMissing(factory: IDBFactory | null): Promise<boolean> {
  // Not every browser lists them.
  const databases = await factory?.databases?.();
  return databases !== undefined && !databases.some(({ name }) => name === DATABASE_NAME);
}
