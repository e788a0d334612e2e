import { afterAll, describe, expect, test } from 'vitest';
import { LaneRun } from '../engine/lane-run.ts';
import { MemoryPool } from '../engine/memory-pool.ts';
import { loadLaneModules } from '../engine/modules.ts';
import { modulesFromFiles } from '../engine/modules-node.ts';
import type { LaneResult } from '../engine/protocol.ts';
import { LAB_IDS, LABS } from '../labs/catalog.ts';
import { settled } from '../labs/controls.ts';
import { ALLOCATORS, laneName, parseLaneName } from '../model/lanes.ts';
import { inherited, type Lesson, type Step, withLines } from '../model/lesson.ts';
import { actionOf, operationOfBlock } from '../model/lesson-actions.ts';
import { placeOf } from '../model/lesson-places.ts';
import { METRICS, type MetricId, PLAIN_METRIC_IDS } from '../model/metrics.ts';
import { flatProse, type ProsePart, parseProof, parseProse } from '../model/prose.ts';
import { blockName, type Scenario } from '../model/scenario.ts';
import { PAGE_BYTES } from '../model/units.ts';
import { compile, startRun } from '../script/index.ts';
import { readLabHash } from '../state/labs/lab-hash.ts';
import { FIRST_MINUTE } from './first-minute.ts';
import { LESSONS } from './index.ts';

const pool = new MemoryPool();

/** A script as the page runs it; the message of what kept it from running. */
function evaluate(text: string): Scenario | string {
  const { program, diagnostics } = compile(text);
  if (program === null) return diagnostics.map(({ line, message }) => `line ${line}: ${message}`).join('; ');
  const run = startRun(program);
  while (run.advance(1_000_000) === 'more');
  return run.finish();
}

async function runLane(scenario: Scenario, name: string): Promise<LaneResult> {
  const modules = await loadLaneModules(modulesFromFiles, parseLaneName(name)!);
  const run = LaneRun.open(scenario, { name, memory: {}, fill: false }, modules, pool);
  while (run.advance(1 << 18) !== null);
  while (run.count(1 << 18) !== null);
  const result = run.finish();
  run.dispose();
  return result;
}

/** What each question about a script comes to: the same script and lane are run once with all questions as `expect` lines. */
class Answers {
  private readonly asked = new Map<string, Map<string, Set<string>>>();
  private readonly found = new Map<string, { held: boolean | null; value: number | string | null }>();

  ask(script: string, lane: string, expectation: string): void {
    const lanes = this.asked.get(script) ?? new Map<string, Set<string>>();
    this.asked.set(script, lanes);
    lanes.set(lane, (lanes.get(lane) ?? new Set()).add(expectation));
  }

  async work(): Promise<void> {
    for (const [script, lanes] of this.asked) {
      for (const [lane, expectations] of lanes) {
        const list = [...expectations];
        const first = script.split('\n').length + 1;
        const scenario = evaluate(`${script}\n${list.map((text) => `expect ${text}`).join('\n')}`);
        if (typeof scenario === 'string') throw new Error(`${scenario}\n${list.join('\n')}`);
        const { checks } = await runLane(scenario, lane);
        scenario.checks.forEach(({ line }, k) => {
          const asked = list[line - first];
          if (asked !== undefined) this.found.set(`${script}\n${lane}\n${asked}`, checks[k]!);
        });
      }
    }
    this.asked.clear();
  }

  of(script: string, lane: string, expectation: string) {
    const found = this.found.get(`${script}\n${lane}\n${expectation}`);
    if (found === undefined) throw new Error(`not asked: ${expectation}`);
    return found;
  }
}

interface Place {
  readonly lesson: Lesson;
  readonly step: Step;
  readonly name: string;
  readonly script: string;
  readonly lanes: readonly string[];
}

const FIRST: Lesson = {
  id: 'first-minute',
  title: 'The first minute',
  about: '',
  minutes: 1,
  steps: [FIRST_MINUTE],
  sources: [],
};

const PLACES: readonly Place[] = [...LESSONS, FIRST].flatMap((lesson) =>
  lesson.steps.map((step, i) => ({
    lesson,
    step,
    name: `${lesson.id}.${i + 1}`,
    script: inherited(lesson, i, 'script') ?? '',
    lanes: inherited(lesson, i, 'lanes') ?? [],
  })),
);

function texts({ step }: Place): string[] {
  const { challenge, predict } = step;
  return [
    step.title,
    ...step.prose,
    ...(step.after ?? []),
    ...(predict === undefined ? [] : [predict.question]),
    ...(challenge === undefined ? [] : [challenge.task, ...challenge.hints, challenge.why]),
  ];
}

const parts = (place: Place) => texts(place).flatMap((text) => flatProse(parseProse(text)));
const acts = (place: Place) => [
  ...parts(place).flatMap((part) => (part.kind === 'act' ? [part.action] : [])),
  ...(place.step.set ?? []),
];

/** The lane and the `expect` that ask for a term's value: it holds whatever the value is. */
const expectationOf = (metric: string, mark: string | null) => {
  const comparison = METRICS[metric.replace(/\(.*/, '') as MetricId]?.unit === 'word' ? '== "leak"' : '>= 0';
  return `${metric} ${comparison}${mark === null ? '' : ` at "${mark}"`}`;
};

function proofs(place: Place): { text: string; proof: string }[] {
  const found = parts(place).flatMap((part: ProsePart) => (part.kind === 'proven' ? [part] : []));
  const { predict } = place.step;
  return predict?.kind === 'number' ? [...found, { text: String(predict.answer), proof: predict.proof }] : found;
}

/** `pages == 32 for wee at "m"` → the lane named and the rest; every lane of the step where none is named. */
function conditions({ lanes }: Place, when: string): { lane: string; expectation: string }[] {
  const named = / for ([a-z-]+)/.exec(when)?.[1];
  const expectation = when.replace(/ for [a-z-]+/, '');
  return (named === undefined ? lanes : [named]).map((lane) => ({ lane, expectation }));
}

const UNITS: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2, '%': 0.01 };
const NUMBER_WORDS = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** How a value is written in the form of `like`: its unit, its number of decimals, digits or a word. */
function written(value: number, like: string): string {
  const [, number, unit] = /^([\d\u202f.]+)(?:[ \u202f](B|KiB|MiB|%))?$/.exec(like) ?? [];
  if (number === undefined) {
    const capital = /^[A-Z]/.test(like);
    const word = NUMBER_WORDS[value] ?? String(value);
    return capital ? word[0]!.toUpperCase() + word.slice(1) : word;
  }
  const decimals = number.split('.')[1]?.length ?? 0;
  const amount = (value / (unit === undefined ? 1 : UNITS[unit]!)).toFixed(decimals);
  const grouped = amount.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, '\u202f');
  return unit === undefined ? grouped : `${grouped} ${unit}`;
}

const answers = new Answers();
for (const place of PLACES) {
  for (const { proof } of proofs(place)) {
    for (const { lane, metric, mark } of parseProof(proof) ?? []) {
      if (parseLaneName(lane) !== null) answers.ask(place.script, lane, expectationOf(metric, mark));
    }
  }
  const { predict } = place.step;
  if (predict?.kind !== 'choice') continue;
  for (const { when } of predict.options) {
    for (const { lane, expectation } of conditions(place, when)) answers.ask(place.script, lane, expectation);
  }
}
const scenarios = new Map<string, Scenario | string>();
const scenarioOf = (script: string): Scenario => {
  if (!scenarios.has(script)) scenarios.set(script, evaluate(script));
  const scenario = scenarios.get(script)!;
  if (typeof scenario === 'string') throw new Error(scenario);
  return scenario;
};
await answers.work();
afterAll(() => scenarios.clear());

test('lessons have ids of their own, and every one names its sources', () => {
  expect(new Set(LESSONS.map(({ id }) => id)).size).toBe(LESSONS.length);
  for (const { id, sources, minutes, steps } of LESSONS) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(sources.length, id).toBeGreaterThan(0);
    expect(minutes, id).toBeGreaterThanOrEqual(5);
    expect(minutes, id).toBeLessThanOrEqual(10);
    expect(new Set(steps.map(({ title }) => title)).size, id).toBe(steps.length);
  }
});

describe.each(PLACES.map((place) => [place.name, place] as const))('%s', (_, place) => {
  const { step, script, lanes } = place;

  test('its script runs without a message, on lanes that there are, and its place is in it', () => {
    const scenario = scenarioOf(script);
    expect(scenario.diagnostics).toEqual([]);
    expect(lanes.length).toBeGreaterThan(0);
    expect(lanes.length).toBeLessThanOrEqual(4);
    for (const name of lanes) expect(laneName(parseLaneName(name)!)).toBe(name);
    expect(placeOf(step.at ?? 'end', scenario), step.at).not.toBeNull();
    for (const id of step.show ?? []) expect(PLAIN_METRIC_IDS as readonly string[]).toContain(id);
  });

  test('every control that its words move is there', async () => {
    const scenario = scenarioOf(script);
    const reached = await Promise.all(acts(place).map((text) => reaches(text, place, scenario)));
    const wrong = acts(place).filter((_, k) => !reached[k]);
    expect(wrong).toEqual([]);
  });

  test('every number is proven, measured live, or stands in its script', () => {
    const wrong: string[] = [];
    for (const { text, proof } of proofs(place)) {
      const terms = parseProof(proof);
      if (terms === null) {
        wrong.push(`no proof: ${proof}`);
        continue;
      }
      let sum = 0;
      for (const { sign, metric, lane, mark } of terms) {
        const { value } = answers.of(script, lane, expectationOf(metric, mark));
        if (typeof value !== 'number') wrong.push(`${metric} for ${lane} has no value`);
        else sum = sign === '+' ? sum + value : sign === '-' ? sum - value : sum / value;
      }
      if (written(sum, text) !== text) wrong.push(`${text} is ${written(sum, text)} (${sum}): ${proof}`);
    }
    for (const part of parts(place)) {
      if (part.kind === 'live') {
        const known = (PLAIN_METRIC_IDS as readonly string[]).includes(part.metric);
        if (!known || lanes['ABCD'.indexOf(part.lane)] === undefined)
          wrong.push(`no such number: ${part.lane}.${part.metric}`);
      }
      const words = part.kind === 'text' ? part.text : part.kind === 'act' ? part.words : '';
      if (/[{}|[\]]/.test(words)) wrong.push(`markup in words: ${words}`);
      const where = part.kind === 'act' ? `${script}\n${part.action}` : script;
      // Lines are checked where they are controls; here they are names.
      const named = words.replace(/\blines? \d+((, | and | to )\d+)*|\b0x[0-9a-f]{8}\b/gi, '');
      for (const [number] of named.matchAll(/\d[\d\u202f.]*\d|\d/g)) {
        if (!known(number, where)) wrong.push(`unproven: ${number}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  const { predict, challenge } = step;
  if (predict !== undefined) {
    test('its question has one answer, and it is the engine’s', () => {
      const scenario = scenarioOf(script);
      const from = placeOf(step.at ?? 'end', scenario)!;
      const until = placeOf(predict.until ?? 'end', scenario);
      expect(until, predict.until).not.toBeNull();
      // What is covered is more than a sliver, or there would be nothing left to predict.
      expect((until! - from) / scenario.operations.count).toBeGreaterThan(0.01);
      if (predict.kind === 'choice') {
        const holds = predict.options.map(({ when }) =>
          conditions(place, when).every(({ lane, expectation }) => answers.of(script, lane, expectation).held === true),
        );
        expect(holds).toEqual(predict.options.map(({ right }) => right === true));
        expect(holds.filter(Boolean)).toHaveLength(1);
      } else if (predict.kind === 'number') {
        expect(predict.answer).toBeGreaterThan(predict.least);
        expect(predict.answer).toBeLessThan(predict.most);
      }
      expect(lanes['ABCD'.indexOf(predict.lane ?? 'A')]).toBeDefined();
    });
  }
  if (challenge !== undefined) {
    test('its challenge fails as it starts, and its solution passes in every lane', async () => {
      expect(await fails(script, lanes)).not.toEqual([]);
      const lines = script.split('\n');
      for (const line of challenge.editable) {
        expect(lines[line - 1], `line ${line}`).toBeDefined();
        expect(lines[line - 1]).not.toMatch(/^\s*expect/);
      }
      for (const line of Object.keys(challenge.solution)) expect(challenge.editable).toContain(Number(line));
      expect(await fails(withLines(script, challenge.solution), lanes)).toEqual([]);
      expect(scenarioOf(script).checks.length).toBeGreaterThan(0);
    });
  }
});

/** Checks of a script that do not hold, by lane. */
async function fails(script: string, lanes: readonly string[]): Promise<string[]> {
  const scenario = scenarioOf(script);
  const failed: string[] = [];
  for (const lane of lanes) {
    const { checks } = await runLane(scenario, lane);
    scenario.checks.forEach(({ text }, k) => {
      if (checks[k]?.held === false) failed.push(`${lane}: ${text}, is ${checks[k].value}`);
    });
  }
  return failed;
}

/** Is what an action means there? */
async function reaches(text: string, { lanes, script, lesson }: Place, scenario: Scenario): Promise<boolean> {
  const action = actionOf(text);
  if (action === null) return false;
  const lineIsThere = (line: number) => line >= 1 && line <= script.split('\n').length;
  switch (action.kind) {
    case 'place':
      return placeOf(action.place, scenario) !== null;
    case 'line':
      return lineIsThere(action.line) && scenario.operations.line.includes(action.line);
    case 'edit': {
      const next = evaluate(withLines(script, { [action.line]: action.text }));
      return lineIsThere(action.line) && typeof next !== 'string';
    }
    case 'block':
      return lanes['ABCD'.indexOf(action.lane)] !== undefined && operationOfBlock(action.name, scenario, 0) !== null;
    case 'page':
    case 'lane':
      return lanes['ABCD'.indexOf(action.lane)] !== undefined;
    case 'lanes':
      return action.names.every((name) => parseLaneName(name) !== null);
    case 'lesson': {
      const other = LESSONS.find(({ id }) => id === action.lesson);
      return other !== undefined && other.id !== lesson.id && action.step <= other.steps.length;
    }
    case 'lab': {
      const place = readLabHash(`#lab=${action.lab}`);
      const id = LAB_IDS.find((other) => other === place?.lab);
      if (place === null || id === undefined) return false;
      // As a link settles them: what is no choice of the lab's would come back as something else.
      const { controls } = await LABS[id].lab();
      return Object.entries(place.values).every(([key, value]) => settled(controls, place.values)[key] === value);
    }
    case 'play':
    case 'metric':
    case 'colour':
    case 'recordings':
    case 'reference':
      return true;
  }
}

/** Facts of WebAssembly and of the allocators' layouts that prose may name without a run; each is the program's own. */
const CONSTANTS = new Set(
  [
    0,
    1,
    PAGE_BYTES / 1024,
    PAGE_BYTES,
    PAGE_BYTES - 1,
    // wee's largest size class in words, and the slab of w words, (w + 2)² words.
    256,
    4 * (256 + 2) ** 2,
    // The least that its main list leaves of a hole, in KiB; two pages.
    2048 / 1024,
    2 * PAGE_BYTES,
    // dlmalloc's largest request with a bin for its very size.
    236,
    ...Object.values(ALLOCATORS).flatMap(({ header, align }) => [header, align]),
    // 4 GiB, 65,536 pages: what 32 bits address.
    4,
    // Bits of an address.
    32,
  ].map(String),
);

/** Does a number need no proof: it stands in the script, or is a fact of the house? */
function known(number: string, script: string): boolean {
  const plain = number.replace(/\u202f/g, '');
  if (CONSTANTS.has(plain)) return true;
  return [...script.replace(/_/g, '').matchAll(/\d[\d.]*/g)].some(([found]) => found.replace(/\.+$/, '') === plain);
}

test('the names that lessons use for blocks are those of the page', () => {
  const scenario = scenarioOf('a = alloc 8\nb[2] = alloc 8');
  expect(blockName(scenario.blocks, 0)).toBe('a');
  expect(operationOfBlock('b[2]', scenario, 0)).toBe(2);
});
