import { samplingOf } from '../controls.ts';
import type { LabRun } from '../lab.ts';
import { GUARDS, type GuardData, type IsolationData, SCENES } from './data.ts';
import { borders, catches, OPTIONS, type Program, scene, spacing } from './programs.ts';

/** Looks over the border, overruns four things, then lets each guard try seven mistakes and takes its time. */
export const runIsolation: LabRun = async (values, context) => {
  const { module } = await context.module('labs.isolation');
  const open = () => new WebAssembly.Instance(module).exports as unknown as Program;
  const scenes = SCENES.map((id) => scene(id, open()));
  const guards: GuardData[] = [];
  const data = (): IsolationData => ({ borders: borders(open(), open()), scenes, guards });
  const sampling = samplingOf(values);
  for (const id of GUARDS) {
    const program = open();
    program.start(OPTIONS[id]);
    program.churn(1000);
    const time = context.time((times) => program.churn(times), sampling);
    guards.push({ id, catches: catches(id, open), bytes: spacing(id, open()), time });
    await context.tell(guards.length, GUARDS.length, id, data());
  }
  return data();
};
