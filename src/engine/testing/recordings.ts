import { existsSync } from 'node:fs';

const SHIPPED = new URL('../../../public/recordings/', import.meta.url);
export const FIXTURES = new URL('../../../e2e/fixtures/traces/', import.meta.url);

/** Where a recording lies: one that comes with the page, or a fixture. */
export function recordingFile(name: string): URL {
  const shipped = new URL(name, SHIPPED);
  return existsSync(shipped) ? shipped : new URL(name, FIXTURES);
}
