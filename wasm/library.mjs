// AssemblyScript's TLSF, from the compiler's library, as `allocators/tlsf.ts` links it: the library's own file with the
// changes below and no other. Each must find its place exactly as often as it says, or the build fails: a compiler with
// another runtime is never changed by guess. `tests/tlsf.test.ts` holds the result against the file as it is shipped.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const REFUSED = 'changetype<Block>(0)';

/** What is found, what stands there instead, how often. */
const CHANGES = [
  // Its place in the library.
  ['from "./', 'from "rt/', 2],
  ['from "../util/error"', 'from "util/error"', 1],
  ['// @ts-ignore: decorator\n@global @unsafe\n', '', 3],
  // State in memory: the break, the base and the root's address are words that time travel copies with the rest.
  ['memory.size()', 'committedPages()', 4],
  ['memory.grow(', 'growPages(', 3],
  ['__heap_base', 'heapBase()', 5],
  ['@lazy export let ROOT: Root = changetype<Root>(0); // unsafe initializion below', '', 1],
  ['ROOT = root;', 'setRoot(changetype<usize>(root));', 1],
  [/\bROOT\b/g, 'changetype<Root>(rootAddress())', 7],
  // A request that cannot be met comes back as 0 where the library traps.
  ['growPages(pagesNeeded) < 0) unreachable();', 'growPages(pagesNeeded) < 0) return;', 1],
  ['growPages(pagesNeeded - pagesBefore) < 0) unreachable();', 'growPages(pagesNeeded - pagesBefore) < 0) return;', 1],
  ['if (DEBUG) assert(block); // must be found now', `if (!block) return ${REFUSED};`, 1],
  [
    'if (DEBUG) assert((block.mmInfo & ~TAGS_MASK) >= payloadSize); // must fit',
    `if ((block.mmInfo & ~TAGS_MASK) < payloadSize) return ${REFUSED};`,
    1,
  ],
  [
    'let newBlock = allocateBlock(root, newSize);',
    'let newBlock = allocateBlock(root, newSize);\n  if (!changetype<usize>(newBlock)) return newBlock;',
    1,
  ],
  // What the lane calls by itself.
  ['function initialize(): void', 'export function initialize(): void', 1],
  ['@unmanaged class Root {', '@unmanaged export class Root {', 1],
  // Search steps of the instrumented build.
  ['  return head;\n}', '  if (head) step();\n  return head;\n}', 1],
  ['    let mergeSize =', '    step();\n    let mergeSize =', 1],
];

const HEADING = `// Written by wasm/library.mjs from the compiler's std/assembly/rt/tlsf.ts: change that, not this.
import { committedPages, growPages, heapBase, rootAddress, setRoot } from "../../allocators/tlsf.state";
import { step } from "../../allocators/steps";
`;

/** The library's file with all changes made. Throws, naming the change, where one does not find its place. */
export function changedTlsf(source) {
  let text = source;
  for (const [from, to, times] of CHANGES) {
    const parts = text.split(from);
    if (parts.length !== times + 1)
      throw new Error(
        `${from} stands ${parts.length - 1} times in the TLSF of this compiler, not ${times}: wasm/library.mjs was made for another.`,
      );
    text = parts.join(to);
  }
  return HEADING + text;
}

/** Writes `library/tlsf.ts` into the folder of what is built. */
export function writeLibrary(out) {
  const compiler = dirname(createRequire(import.meta.url).resolve('assemblyscript/package.json'));
  const source = readFileSync(join(compiler, 'std', 'assembly', 'rt', 'tlsf.ts'), 'utf8');
  mkdirSync(join(out, 'library'), { recursive: true });
  writeFileSync(join(out, 'library', 'tlsf.ts'), changedTlsf(source));
}
