import { cpus } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ALLOCATOR_IDS, type AllocatorId } from '../../../src/model/lanes.ts';
import { goldenOperations } from '../support/golden.ts';
import { loadProof, moduleBytes } from '../support/modules.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { ruleOf } from './rules.ts';
import { TRACES } from './suite.ts';
import type { WorkerData } from './worker.ts';

/** A mutant that answers nothing for so long is taken for dead. Its loops are counted, so this is for what nobody foresaw, and far above what a busy machine takes. */
const PATIENCE_MS = 3_600_000;

interface Outcome {
  readonly mutant: Mutant;
  /** What it was found out by, null if it lives. */
  readonly killed: string | null;
}

/** Puts every mutant of an allocator before the suite, a few at a time. */
async function outcomesOf(
  id: AllocatorId,
  workerFile: URL,
  mutants: readonly Mutant[],
  workers: number,
): Promise<Outcome[]> {
  const { reader, ledger, prover } = await loadProof(id);
  const suite = { traces: new Map(TRACES.map((name) => [name, goldenOperations(name)])) };
  const data: WorkerData = { id, allocator: moduleBytes(id), others: { reader, ledger, prover }, suite };
  const outcomes: Outcome[] = [];
  let next = 0;
  const attend = async (): Promise<void> => {
    let worker: Worker | null = null;
    while (next < mutants.length) {
      const mutant = mutants[next++]!;
      if (worker === null) {
        worker = new Worker(workerFile, { workerData: data });
        if ((await answerOf(worker)) !== 'ready') throw new Error(`${id}: the suite fails on the module itself`);
      }
      worker.postMessage(mutant.module);
      const killed = await answerOf(worker);
      if (killed === undefined) {
        await worker.terminate();
        worker = null;
      }
      outcomes.push({ mutant, killed: killed === undefined ? 'no answer' : killed });
    }
    await worker?.terminate();
  };
  await Promise.all(Array.from({ length: workers }, attend));
  return outcomes;
}

/** The worker's next message; undefined if it dies or takes too long. */
function answerOf(worker: Worker): Promise<string | null | undefined> {
  return new Promise((resolve) => {
    const end = (answer: string | null | undefined) => {
      clearTimeout(timer);
      worker.off('message', end);
      worker.off('error', fail);
      resolve(answer);
    };
    const fail = (error: unknown) => {
      console.error(error);
      end(undefined);
    };
    const timer = setTimeout(() => end(undefined), PATIENCE_MS);
    worker.on('message', end);
    worker.on('error', fail);
  });
}

/**
 * `npm run mutate`: prints what lives and why, and how many died. False if too few of some allocator's do, or if one died of which a
 * rule says that nothing can be seen: the rule is wrong then, also where it explains others.
 */
export async function main(
  workerFile: URL,
  { only = [], most = Number.POSITIVE_INFINITY }: { only?: readonly string[]; most?: number } = {},
): Promise<boolean> {
  let enough = true;
  for (const id of ALLOCATOR_IDS.filter((name) => only.length === 0 || only.includes(name))) {
    const began = performance.now();
    const all = mutantsOf(moduleBytes(id));
    const step = Math.max(1, Math.ceil(all.length / most));
    const mutants = all.filter((_, k) => k % step === 0);
    const outcomes = await outcomesOf(id, workerFile, mutants, Math.max(1, Math.min(2, cpus().length)));
    const living = outcomes.filter(({ killed }) => killed === null).map(({ mutant }) => mutant);
    const killed = outcomes.length - living.length;
    let unexplained = 0;
    for (const mutant of living) {
      const rule = ruleOf(id, mutant);
      if (rule === null) unexplained++;
      console.log(`  ${mutant.name} lives: ${rule ?? 'unexplained'}`);
    }
    for (const { mutant, killed: by } of outcomes) {
      const rule = by === null ? null : ruleOf(id, mutant);
      if (rule === null) continue;
      console.log(`  ${mutant.name} was killed (${by}), against the rule: ${rule}`);
      enough = false;
    }
    const share = (killed / outcomes.length) * 100;
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    console.log(
      `${id}: ${killed} of ${outcomes.length} mutants killed (${share.toFixed(1)} %), ${living.length} live, ${unexplained} of them unexplained, ${seconds} s`,
    );
    if (share < 90) enough = false;
  }
  return enough;
}
