import { LABS, type LabId } from './catalog.ts';
import { type LabContext, MissingFeature } from './lab.ts';
import { browserOf, systemOf } from './machine.ts';
import { type Measure, measure, measureOf, tickOf } from './measure.ts';
import { labModule } from './modules.ts';
import type { LabReply, LabRequest, Provenance } from './protocol.ts';

/** What has changed is shown this often; a post costs the run little, a drawing the page more. */
const TELL_MS = 150;

const scope = self as unknown as DedicatedWorkerGlobalScope;
const post = (reply: LabReply) => scope.postMessage(reply);
const clock = () => performance.now();

scope.onmessage = ({ data }: MessageEvent<LabRequest>) => {
  run(data).catch((error: unknown) =>
    post(
      error instanceof MissingFeature
        ? { type: 'missing', feature: error.feature }
        : { type: 'failed', message: error instanceof Error ? error.message : String(error) },
    ),
  );
};

async function run({ lab, values, own }: LabRequest): Promise<void> {
  const startedAt = Date.now();
  const start = clock();
  const tickMs = tickOf(clock);
  const runs: number[] = [];
  let batchMs = 0;
  let told = Number.NEGATIVE_INFINITY;
  const provenance = (): Provenance => ({
    startedAt,
    tookMs: clock() - start,
    tickMs,
    isolated: scope.crossOriginIsolated === true,
    browser: browserOf(navigator.userAgent),
    system: systemOf(navigator.userAgent),
    cores: navigator.hardwareConcurrency,
    measures: runs.length,
    fewestRuns: runs.length === 0 ? 0 : Math.min(...runs),
    mostRuns: runs.length === 0 ? 0 : Math.max(...runs),
    batchMs,
  });
  const noted = (result: Measure): Measure => {
    runs.push(result.runs);
    return result;
  };
  const context: LabContext = {
    clock,
    tickMs,
    own,
    module: labModule,
    time(operation, sampling) {
      batchMs = sampling.batchMs;
      return noted(measure(operation, sampling, clock, tickMs));
    },
    timed: (batchesMs, times) => noted(measureOf(batchesMs, times, tickMs)),
    async tell(done, total, what, data) {
      if (clock() - told < TELL_MS) return;
      told = clock();
      post({ type: 'progress', done, total, what, data, provenance: provenance() });
      // A task of its own: garbage of the last measure may go before the next begins.
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
  };
  const work = await LABS[lab as LabId].run();
  const data = await work(values, context);
  post({ type: 'done', data, provenance: provenance() });
}
