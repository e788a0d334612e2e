// `npm run bench:labs [NAME …]`: each lab against a plain page that times the same operations and shares no code with it
// (`e2e/plain/`). Both run in one browser, one after the other; times drift, so what is compared are ratios to one
// operation of the same run. Of each the least disturbed batches count, the 10th percentile in a lab and the fastest of
// seven in a plain page, and of two rounds, taken in turns, the quicker. Printed with the factor between the two; the exit
// code is 1 when one is beyond 3.
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureBrowser } from '../../src/tasks/browser.mjs';
import { buildPage } from '../../src/tasks/build.mjs';
import { root } from '../../src/tasks/ensure.mjs';
import { listen, staticServer } from '../../src/tasks/serve.mjs';

const FACTOR = 3;
const ROUNDS = 2;

/** A lab's least disturbed time; none where the clock could not tell it from nothing. */
const low = (measure) => (measure == null || measure.below ? undefined : measure.low);

/** Ways of both directions by the names of the plain page: `call` out of Wasm is `call out`. */
const BOTH_WAYS = ['call', 'clone', 'json'];
const waysInto =
  (direction) =>
  ({ xs, ways }) =>
    Object.fromEntries(
      ways.map(({ id, points }) => [
        BOTH_WAYS.includes(id) ? `${id} ${direction}` : id,
        low(points[xs.indexOf(65_536)]),
      ]),
    );

/** Payloads other than bytes, both ways; of bytes, which have a page of their own, the ways in. */
const KINDS = [
  ['bytes', 'in'],
  ...['numbers', 'structs', 'strings'].flatMap((kind) => ['in', 'out'].map((direction) => [kind, direction])),
].map(([kind, direction]) => ({
  name: `boundary, ${kind} ${direction}`,
  page: `kinds.html#${kind}`,
  link: `#lab=boundary&kind=${kind}&dir=${direction}&to=65536`,
  base: 'inside',
  read: waysInto(direction),
}));

/** Each policy from 1 page to 512; none at all costs nothing where nothing is touched. */
const reached =
  (touched) =>
  ({ touch, reach }) => ({
    'first touch': touch[0].first.low,
    ...Object.fromEntries(
      reach
        .filter(({ policy }) => touched || policy !== 'ready')
        .map(({ policy, time }) => [`reach, ${policy}${touched ? ', touched' : ''}`, low(time)]),
    ),
  });

/** A lab's link, its plain page, the operation that the others are held against, and where each one is in the lab's data. */
const LABS = [
  {
    name: 'boundary',
    page: 'boundary.html',
    link: '#lab=boundary&to=65536',
    base: 'call',
    read: ({ xs, ways }) => Object.fromEntries(ways.map(({ id, points }) => [id, points[xs.indexOf(65_536)]?.low])),
  },
  ...KINDS,
  ...[false, true].map((touched) => ({
    name: `growth, policies${touched ? ' and touching' : ''}`,
    page: 'growth.html',
    link: `#lab=growth&to=512${touched ? '&touch=yes' : ''}`,
    base: 'first touch',
    read: reached(touched),
  })),
  {
    name: 'corruption',
    page: 'guard.html',
    link: '#lab=isolation',
    base: 'none',
    read: ({ guards }) => Object.fromEntries(guards.map(({ id, time }) => [id, low(time)])),
  },
  {
    name: 'choice',
    page: 'choice.html',
    link: '#lab=choice&work=small',
    base: 'dlmalloc',
    read: ({ lanes }) => Object.fromEntries(lanes.map(({ name, time }) => [name, low(time)])),
  },
  {
    name: 'choice, in a loop',
    page: 'choice.html',
    link: '#lab=choice&work=small&runs=quick',
    base: 'dlmalloc reuse',
    read: ({ loops }) =>
      Object.fromEntries(
        loops.map(({ id, lanes }) => [`dlmalloc ${id}`, low(lanes.find(({ name }) => name === 'dlmalloc').time)]),
      ),
  },
  {
    name: 'growth',
    page: 'growth.html',
    link: '#lab=growth&to=512',
    base: 'first touch',
    read: ({ call, touch }) => ({
      'grow(1)': call.without[0].low,
      'first touch': touch[0].first.low,
      'write again': touch[0].again.low,
    }),
  },
  {
    name: 'gc',
    page: 'gc.html',
    link: '#lab=gc&n=10000',
    base: 'objects walk',
    read: ({ forms }) => {
      const of = (form) => forms.find((entry) => entry.form === form);
      return {
        'WasmGC build': of('gc').build.low,
        'WasmGC walk': of('gc').walk.low,
        'WasmGC call': of('gc').call.low,
        'objects build': of('objects').build.low,
        'objects walk': of('objects').walk.low,
      };
    },
  },
  {
    name: 'gc in linear memory',
    page: 'tree.html',
    link: '#lab=gc&n=10000',
    base: 'malloc walk',
    read: ({ forms, pauses }) => {
      const all = { pause: pauses.find(({ objects }) => objects === 30_000)?.time.low };
      for (const [form, name] of [
        ['linear', 'malloc'],
        ['collector', 'collector'],
      ]) {
        const { build, walk, drop, call, direct } = forms.find((entry) => entry.form === form);
        Object.assign(all, {
          [`${name} build`]: build.low,
          [`${name} walk`]: walk.low,
          [`${name} drop`]: drop.low,
          [`${name} call`]: call.low,
          [`${name} view`]: direct.low,
        });
      }
      return all;
    },
  },
];

async function runLab(page, address, { link }) {
  await page.goto(`${address}${link}`);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.locator('[data-run="done"]').waitFor({ timeout: 180_000 });
  return page.evaluate(async () => {
    const { shown, pages } = (await window.heapscape.app.labs()).store.getState();
    return pages[shown].result.data;
  });
}

/** The quicker of each operation; what only one of them has is kept. */
function quicker(a, b) {
  const best = { ...a };
  for (const [operation, ns] of Object.entries(b)) {
    if (ns !== undefined) best[operation] = Math.min(best[operation] ?? ns, ns);
  }
  return best;
}

async function runPlain(page, address, { page: name }) {
  await page.goto(`${address}${name}`);
  await page.waitForFunction(() => document.title === 'done', null, { timeout: 180_000 });
  return page.evaluate(() => window.result);
}

await buildPage({ quiet: true });
const labs = staticServer(join(root, 'dist'));
// The plain pages take the allocators that they time from wasm/build.
const plain = staticServer(resolve(root));
const [labsPort, plainPort] = [await listen(labs, 4710, true), await listen(plain, 4730, true)];
const browser = await chromium.launch({
  executablePath: ensureBrowser() ?? undefined,
  args: ['--no-sandbox', '--disable-background-networking'],
});
let worst = 1;
const wanted = process.argv.slice(2);
for (const lab of LABS.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)))) {
  let [inLab, inPlain] = [{}, {}];
  for (let round = 0; round < ROUNDS; round++) {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(`${lab.name}: ${error}`));
    await page.addInitScript(() => localStorage.setItem('heapscape.guide', 'seen'));
    inLab = quicker(inLab, lab.read(await runLab(page, `http://localhost:${labsPort}/`, lab)));
    inPlain = quicker(inPlain, await runPlain(page, `http://localhost:${plainPort}/e2e/plain/`, lab));
    await page.close();
  }
  if (inLab[lab.base] === undefined || inPlain[lab.base] === undefined)
    throw new Error(`${lab.name} has no “${lab.base}”`);
  console.log(`${lab.name}, ratios to “${lab.base}”`);
  for (const [operation, ns] of Object.entries(inPlain)) {
    // One plain page serves several links of a lab; each is held against what it measured.
    if (operation === lab.base || inLab[operation] === undefined || ns === 0) continue;
    const [a, b] = [inLab[operation] / inLab[lab.base], ns / inPlain[lab.base]];
    const factor = Math.max(a / b, b / a);
    worst = Math.max(worst, factor);
    console.log(
      `  ${operation.padEnd(24)} lab ${a.toPrecision(3).padStart(9)}   plain ${b.toPrecision(3).padStart(9)}   ` +
        `factor ${factor.toFixed(2)}${factor > FACTOR ? `, more than ${FACTOR}` : ''}`,
    );
  }
}
await browser.close();
labs.close();
plain.close();
console.log(`largest factor ${worst.toFixed(2)} (goal: at most ${FACTOR})`);
process.exitCode = worst > FACTOR ? 1 : 0;
