import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** Files by their path from `src/`. */
type Files = Readonly<Record<string, string>>;

/** What is there before any part is fetched; `vite.config.ts` puts the same into the page's one file. */
const FIRST_LOAD = ['main.tsx', 'views/guide/guide.tsx'];

const SRC = fileURLToPath(new URL('../../', import.meta.url));
const sources: Files = Object.fromEntries(
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(tsx?|css)$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => [file.replaceAll('\\', '/'), readFileSync(SRC + file, 'utf8')]),
);

/** `views/zoom/zoom.tsx` + `../editor/code.css` → `views/editor/code.css`. */
function resolved(file: string, target: string): string {
  return new URL(target, `file:///${file}`).pathname.slice(1);
}

/** Imports that run before the file does; types are none. */
function staticImports(file: string, text: string): string[] {
  const statements = text.matchAll(/^(?:import|export)\s+(?!type\b)(?:[^'";]*?from\s*)?'(\.[^'?]+)'/gm);
  return [...statements].map(([, target]) => resolved(file, target!));
}

/** Files of views that are fetched when they are needed. */
function partsOf(files: Files): string[] {
  const parts = Object.entries(files).flatMap(([file, text]) =>
    [...text.matchAll(/\bimport\('(\.[^'?]+)'\)/g)].map(([, target]) => resolved(file, target!)),
  );
  return [...new Set(parts)].filter((file) => /^views\/.*\.tsx?$/.test(file)).sort();
}

/** Files and all that they import, sheets too. */
function closure(files: Files, starts: readonly string[]): Set<string> {
  const all = new Set<string>();
  const add = (file: string) => {
    const text = files[file];
    if (text === undefined || all.has(file)) return;
    all.add(file);
    if (!file.endsWith('.css')) staticImports(file, text).forEach(add);
  };
  starts.forEach(add);
  return all;
}

/** The sheets that give a class its look. */
interface Sheets {
  /** With a selector that is the class and nothing that says where: all of them are needed. */
  readonly plain: Set<string>;
  /** With a selector that begins with it; where there is no plain one, one of them is needed. */
  readonly leading: Set<string>;
}

function sheetsByClass(files: Files): Map<string, Sheets> {
  const sheets = new Map<string, Sheets>();
  for (const [file, text] of Object.entries(files)) {
    if (!file.endsWith('.css')) continue;
    for (const [, prelude] of text.replace(/\/\*.*?\*\//gs, '').matchAll(/([^{};]+)\{/g)) {
      if (prelude!.trim().startsWith('@')) continue;
      // What is in brackets qualifies; its commas part no selectors.
      for (const selector of prelude!.replace(/\((?:[^()]|\([^()]*\))*\)/g, '()').split(',')) {
        const [, name, rest] = /^\s*\.([\w-]+)(?:::?[a-z-]+(?!\()|\[[^\]]*\])*(.*)$/s.exec(selector) ?? [];
        // Together with another class it is that class's look.
        if (name === undefined || /^\.|^:?\(|^:[a-z-]+\(/.test(rest!)) continue;
        if (!sheets.has(name)) sheets.set(name, { plain: new Set(), leading: new Set() });
        sheets.get(name)![rest!.trim() === '' ? 'plain' : 'leading'].add(file);
      }
    }
  }
  return sheets;
}

/** The sheets that a class still needs where only those are `there`. */
function lacking({ plain, leading }: Sheets, there: (sheet: string) => boolean): string[] {
  if (plain.size > 0) return [...plain].filter((sheet) => !there(sheet));
  return [...leading].some(there) ? [] : [...leading];
}

/** Words of a file that can be classes: all where classes are set, elsewhere those that no word of English looks like. */
function classesIn(text: string): Set<string> {
  const names = new Set<string>();
  const add = (words: string) => {
    for (const word of words.split(/[^\w-]+/)) names.add(word);
  };
  for (const [, words] of text.matchAll(/\b(?:className|class)(?:=|:| =) ?["'`]([^"'`]*)/g)) add(words!);
  for (const [, code] of text.matchAll(/\bclassName=\{([^}]*)\}/g)) {
    for (const [, words] of code!.matchAll(/["'`]([^"'`]*)/g)) add(words!);
  }
  for (const [, words] of text.matchAll(/(?<!from |import |import\(|\bto=|\bid=)["'`]([\w -]+-[\w -]+)["'`]/g))
    add(words!);
  return names;
}

/** `part: class of file, sheet` for each class whose look a part does not bring. */
function missingSheets(files: Files, firstLoad: readonly string[]): string[] {
  const sheets = sheetsByClass(files);
  const first = closure(files, firstLoad);
  const used = new Map(
    Object.entries(files).map(([file, text]) => [file, /^(views|paint)\/.*tsx?$/.test(file) ? classesIn(text) : []]),
  );
  return partsOf(files).flatMap((part) => {
    const own = closure(files, [part]);
    return [...own].flatMap((file) =>
      [...used.get(file)!].flatMap((name) => {
        const from = sheets.get(name);
        const missing = from === undefined ? [] : lacking(from, (sheet) => own.has(sheet) || first.has(sheet));
        return missing.length === 0 ? [] : [`${part}: .${name} of ${file}, ${missing.join(' or ')}`];
      }),
    );
  });
}

test('every part that is fetched brings the style sheets of the classes that it uses', () => {
  expect(partsOf(sources).length).toBeGreaterThan(25);
  expect(sheetsByClass(sources).size).toBeGreaterThan(300);
  expect(missingSheets(sources, FIRST_LOAD)).toEqual([]);
});

test('a class whose sheet only another part imports is found', () => {
  const files = {
    'main.tsx': `import './views/base.css';\nconst Zoom = part(() => import('./views/zoom.tsx'));\nimport('./views/help.tsx');`,
    'views/zoom.tsx': `import { Code } from './code.tsx';\nimport type { Help } from './help.tsx';\n<div className="button"/>`,
    'views/code.tsx': `export const Code = ({ loud }) => <pre className={loud ? 'code code-loud' : 'code'} />;`,
    'views/help.tsx': `import { Code } from './code.tsx';\nimport './help.css';`,
    'views/base.css': '.button {}',
    'views/help.css': '/* .button {} */ .code { color: red } @media print { .help .button, .code-loud:is(a, b) {} }',
  };
  expect(missingSheets(files, ['main.tsx'])).toEqual([
    'views/zoom.tsx: .code of views/code.tsx, views/help.css',
    'views/zoom.tsx: .code-loud of views/code.tsx, views/help.css',
  ]);
  expect(
    missingSheets({ ...files, 'views/code.tsx': `import './help.css';${files['views/code.tsx']}` }, ['main.tsx']),
  ).toEqual([]);
});
