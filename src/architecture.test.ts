import { expect, test } from 'vitest';

/** Who may import whom; `src/README.md` shows the same table with the reasons. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  script: ['model'],
  trace: ['model'],
  paint: ['model'],
  engine: ['model', 'script', 'trace'],
  labs: ['model', 'script', 'trace', 'engine'],
  state: ['model', 'script', 'trace', 'engine', 'labs'],
  lessons: ['model', 'script'],
  views: ['state', 'model', 'script', 'trace', 'paint', 'lessons', 'engine', 'labs'],
  cli: ['model', 'script', 'trace', 'engine'],
};

/** Of the engine, the page's half is all that state and views may know. */
const PAGE_HALF = ['client.ts', 'protocol.ts', 'heap-view.ts', 'modules-page.ts'];

/** And of labs: what runs a lab stays in its worker. */
const LAB_WORKER_HALF = /^labs\/(worker|modules|machine|[a-z]+\/run)\.ts$/;

/** Packages that a folder must not touch. */
const FORBIDDEN: Readonly<Record<string, RegExp>> = {
  model: /./,
  script: /^(react|zustand|d3|@codemirror)/,
  trace: /./,
  paint: /^(react|zustand|@codemirror)/,
  engine: /^(react|zustand|d3|@codemirror)/,
  labs: /^(react|zustand|d3|@codemirror)/,
  cli: /^(react|zustand|d3|@codemirror)/,
};

const sources = import.meta.glob<string>(['./**/*.ts', './**/*.tsx', '!./**/*.test.ts', '!./**/*.test.tsx'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

const IMPORT = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

/** `./engine/worker.ts` + `../model/units.ts` → `model/units.ts`. */
function resolve(file: string, target: string): string {
  return new URL(target, `file:///${file.slice(2)}`).pathname.slice(1);
}

function edges() {
  return Object.entries(sources).flatMap(([file, text]) =>
    [...text.matchAll(IMPORT)].map((match) => ({ file, folder: file.split('/')[1]!, target: match[1]! })),
  );
}

test('every folder imports only from the folders that the table allows', () => {
  const broken = edges().filter(({ file, folder, target }) => {
    if (!target.startsWith('.') || file.split('/').length === 2) return false;
    const [to, name] = resolve(file, target).split('/');
    if (to === undefined || to === folder || !(to in MAY_IMPORT)) return false;
    if (!MAY_IMPORT[folder]?.includes(to)) return true;
    if (to === 'labs' && LAB_WORKER_HALF.test(resolve(file, target))) return true;
    return to === 'engine' && (folder === 'state' || folder === 'views') && !PAGE_HALF.includes(name!.split('?')[0]!);
  });
  expect(broken).toEqual([]);
});

test('folders without an interface stay free of the interface’s packages', () => {
  const broken = edges().filter(
    ({ folder, target }) => !target.startsWith('.') && (FORBIDDEN[folder]?.test(target) ?? false),
  );
  expect(broken).toEqual([]);
});

test('views touch neither WebAssembly nor raw memory', () => {
  const broken = Object.entries(sources).filter(
    ([file, text]) =>
      /^\.\/(views|state|paint)\//.test(file) && /\bWebAssembly\.(Memory|Instance|Module|instantiate)/.test(text),
  );
  expect(broken.map(([file]) => file)).toEqual([]);
});

test('no text becomes markup or code', () => {
  const sink = /\.innerHTML|\.outerHTML|dangerouslySetInnerHTML|\beval\(|new Function\(|\.html\(|insertAdjacentHTML/;
  expect(Object.keys(sources).filter((file) => sink.test(sources[file]!))).toEqual([]);
});
