import type { Scenario } from '../model/scenario.ts';
import type { Breath } from './breath.ts';
import { firstScenario } from './first-scenario.ts';
import type { Reply, Source } from './protocol.ts';

/** Steps between two looks at the clock: about a tenth of a ms. */
const STEPS = 2_000;
const SLICE_MS = 10;
const PROGRESS_MS = 100;

/** Replies before the run has a number of its own; the session puts the right one in. */
type PostEarly = (reply: Reply) => void;

/**
 * The scenario of a source, or null after a reply that says why there is none. When `signal` aborts, what was evaluated or
 * read so far is the scenario. The language and the formats are loaded when first needed.
 */
export async function obtainScenario(
  source: Source,
  signal: AbortSignal,
  breath: Breath,
  post: PostEarly,
): Promise<Scenario | null> {
  switch (source.kind) {
    case 'script':
      return evaluate(source.text, signal, breath, post);
    case 'recording':
      return read(source, signal, post);
  }
}

async function evaluate(text: string, signal: AbortSignal, breath: Breath, post: PostEarly): Promise<Scenario | null> {
  const prepared = firstScenario(text);
  if (prepared !== null) return prepared;
  const { compile, startRun } = await import('../script/index.ts');
  const { program, diagnostics } = compile(text);
  if (program === null) {
    post({ type: 'rejected', run: 0, diagnostics });
    return null;
  }
  const run = startRun(program);
  let reported = performance.now();
  for (;;) {
    const until = performance.now() + SLICE_MS;
    while (performance.now() < until) if (run.advance(STEPS) === 'done') return run.finish();
    await breath.take();
    if (signal.aborted) return run.finish();
    if (performance.now() - reported < PROGRESS_MS) continue;
    reported = performance.now();
    post({ type: 'progress', run: 0, phase: 'evaluating', lane: 0, done: run.operationsSoFar, total: 0 });
  }
}

async function read(
  { name, data }: Extract<Source, { kind: 'recording' }>,
  signal: AbortSignal,
  post: PostEarly,
): Promise<Scenario | null> {
  let reported = performance.now();
  const onProgress = (done: number, total: number) => {
    if (performance.now() - reported < PROGRESS_MS) return;
    reported = performance.now();
    post({ type: 'progress', run: 0, phase: 'reading', lane: 0, done, total });
  };
  const { readRecording } = await import('../trace/index.ts');
  const result = await readRecording(data, data.size, { name, signal, onProgress });
  switch (result.kind) {
    case 'scenario':
      return result.scenario;
    case 'text':
      post({ type: 'text', run: 0, name, text: result.text });
      return null;
    case 'refused':
      post({ type: 'refused', run: 0, message: result.message });
      return null;
  }
}
