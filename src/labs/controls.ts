import { labsStrings as words } from '../model/strings/labs.ts';
import type { Control, Values } from './lab.ts';
import type { Sampling } from './measure.ts';

/** How often to measure: the same control in every lab that times. */
export const RUNS: Control = {
  key: 'runs',
  label: words.runs.label,
  choices: [
    { value: 'stable', label: words.runs.stable },
    { value: 'quick', label: words.runs.quick },
  ],
  initial: 'stable',
};

const SAMPLING: Readonly<Record<string, Sampling>> = {
  stable: { batchMs: 10, least: 7, most: 15, budgetMs: 200 },
  quick: { batchMs: 10, least: 3, most: 3, budgetMs: 100 },
};

export function samplingOf(values: Values): Sampling {
  return SAMPLING[values[RUNS.key] ?? 'stable'] ?? SAMPLING.stable!;
}

/** Each control's value where it is one of its choices, else its initial one; nothing else. */
export function settled(controls: readonly Control[], values: Readonly<Record<string, string>>): Values {
  return Object.fromEntries(
    controls.map(({ key, choices, initial }) => {
      const value = Object.hasOwn(values, key) ? values[key] : undefined;
      return [key, choices.some((choice) => choice.value === value) ? value! : initial];
    }),
  );
}
