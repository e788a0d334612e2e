/**
 * Makes the parser of the scenario language: src/script/heap.grammar → src/script/generated/heap.ts and heap.terms.ts.
 * Does nothing when both are newer than the grammar and this file. `node src/tasks/grammar.mjs`, or import `generate`.
 */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const GRAMMAR = new URL('../script/heap.grammar', import.meta.url);
const FOLDER = new URL('../script/generated/', import.meta.url);
const PARSER = new URL('heap.ts', FOLDER);
const TERMS = new URL('heap.terms.ts', FOLDER);
const SELF = new URL(import.meta.url);

/** @returns {Promise<boolean>} whether anything was written */
export async function generate() {
  const [made, sources] = await Promise.all([
    Promise.all([PARSER, TERMS].map(modified)),
    Promise.all([GRAMMAR, SELF].map(modified)),
  ]);
  if (Math.min(...made) > Math.max(...sources)) return false;
  // Loaded late: on most runs there is nothing to generate, and the generator is the larger half of the work.
  const { buildParserFile } = await import('@lezer/generator');
  const { parser, terms } = buildParserFile(await readFile(GRAMMAR, 'utf8'), {
    fileName: fileURLToPath(GRAMMAR),
    typeScript: true,
    warn(message) {
      throw new Error(message);
    },
  });
  await mkdir(FOLDER, { recursive: true });
  await writeFile(TERMS, terms);
  await writeFile(PARSER, parser);
  return true;
}

/** Milliseconds of the last change, 0 where there is no such file. */
async function modified(file) {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return 0;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await generate();
}
