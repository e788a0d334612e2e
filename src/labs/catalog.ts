import { labsStrings as words } from '../model/strings/labs.ts';
import type { Lab, LabRun } from './lab.ts';

interface Entry {
  readonly title: string;
  readonly lab: () => Promise<Lab>;
  readonly run: () => Promise<LabRun>;
}

/** Every lab, in the order of the menu; its id stands in links. A lab is a folder and a line here. */
export const LABS = {
  boundary: {
    title: words.titles.boundary,
    lab: () => import('./boundary/lab.ts').then((m) => m.boundaryLab),
    run: () => import('./boundary/run.ts').then((m) => m.runBoundary),
  },
  growth: {
    title: words.titles.growth,
    lab: () => import('./growth/lab.ts').then((m) => m.growthLab),
    run: () => import('./growth/run.ts').then((m) => m.runGrowth),
  },
  isolation: {
    title: words.titles.isolation,
    lab: () => import('./isolation/lab.ts').then((m) => m.isolationLab),
    run: () => import('./isolation/run.ts').then((m) => m.runIsolation),
  },
  choice: {
    title: words.titles.choice,
    lab: () => import('./choice/lab.ts').then((m) => m.choiceLab),
    run: () => import('./choice/run.ts').then((m) => m.runChoice),
  },
  gc: {
    title: words.titles.gc,
    lab: () => import('./gc/lab.ts').then((m) => m.gcLab),
    run: () => import('./gc/run.ts').then((m) => m.runGc),
  },
} as const satisfies Readonly<Record<string, Entry>>;

export type LabId = keyof typeof LABS;
export const LAB_IDS = Object.keys(LABS) as LabId[];
