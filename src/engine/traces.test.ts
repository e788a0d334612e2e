import { openAsBlob } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ALL_LANE_NAMES, parseLaneName } from '../model/lanes.ts';
import type { Scenario } from '../model/scenario.ts';
import { gallerySentences } from '../model/strings/gallery.ts';
import { GALLERY_RECORDINGS } from '../script/gallery.ts';
import { readRecording, saveOperations } from '../trace/index.ts';
import { LaneRun } from './lane-run.ts';
import { MemoryPool } from './memory-pool.ts';
import { loadLaneModules } from './modules.ts';
import { modulesFromFiles } from './modules-node.ts';
import { recordingFile } from './testing/recordings.ts';

const TRACES = ['cc1.mtrace', 'git-log.mtrace', 'ls.valgrind', 'sqlite-wasm.ops'];
/** Operations between two positions whose bytes are walked. */
const SAMPLE = 50;
const pool = new MemoryPool();

async function read(data: Blob, name: string): Promise<Scenario> {
  const signal = new AbortController().signal;
  const result = await readRecording(data, data.size, { name, onProgress: () => {}, signal });
  if (result.kind !== 'scenario') throw new Error(`${name} is no recording`);
  return result.scenario;
}

async function record(scenario: Scenario, name: string): Promise<LaneRun> {
  const modules = await loadLaneModules(modulesFromFiles, parseLaneName(name)!);
  const run = LaneRun.open(scenario, { name, memory: {}, fill: false }, modules, pool);
  while (run.advance(1 << 16) !== null);
  return run;
}

for (const trace of TRACES) {
  test(`${trace}: every 50th operation the classes add up, in all seven lanes, and saved it gives the same addresses`, async () => {
    const scenario = await read(await openAsBlob(fileURLToPath(recordingFile(trace))), trace);
    const saved = await read(new Blob([...saveOperations(scenario).chunks]), 'saved.ops');
    expect(saved.operations.count).toBe(scenario.operations.count);
    for (const name of ALL_LANE_NAMES) {
      const [run, again] = [await record(scenario, name), await record(saved, name)];
      for (let position = 0; position <= run.recorded; position += SAMPLE) {
        expect(run.addsUpAt(position), `${name}, position ${position}`).toBe(true);
      }
      const survey = run.survey(run.recorded);
      expect([survey.broken, survey.adds], name).toEqual([null, true]);
      expect(again.machine.log.address, name).toEqual(run.machine.log.address);
      expect([...again.machine.growPages.view()], name).toEqual([...run.machine.growPages.view()]);
      run.dispose();
      again.dispose();
    }
  });
}

test.each(GALLERY_RECORDINGS)('what the gallery says of $id is what its lanes come to', async (entry) => {
  const scenario = await read(await openAsBlob(fileURLToPath(recordingFile(entry.file))), entry.file);
  expect(scenario.operations.count).toBe(entry.operations);
  const figures = gallerySentences[entry.id]!.match(/\d+ (?:pages )?for|at \d+(?: pages)?/g)!.map((words) =>
    Number(/\d+/.exec(words)),
  );
  const pages = new Set<number>();
  for (const name of ['wee', 'dlmalloc', 'arena']) {
    const run = await record(scenario, name);
    pages.add(run.survey(run.recorded).metrics.pages as number);
    run.dispose();
  }
  expect(figures.length).toBeGreaterThan(1);
  for (const figure of figures) expect(pages).toContain(figure);
});
