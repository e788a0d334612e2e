/** How many steps of each lesson, by its id, a visitor has come to. */
export type Progress = Readonly<Record<string, number>>;

const ENTRY = /^([a-z0-9]+(?:-[a-z0-9]+)*):([1-9]\d{0,2})$/;
const MOST = 100;

/** What storage gave, as far as it is progress; anything else is passed over. */
export function readProgress(stored: string | null): Progress {
  const progress: Record<string, number> = {};
  for (const entry of (stored ?? '')
    .slice(0, 80 * MOST)
    .split(',')
    .slice(0, MOST)) {
    const [, lesson, steps] = ENTRY.exec(entry) ?? [];
    if (lesson !== undefined) progress[lesson] = Number(steps);
  }
  return progress;
}

export function writeProgress(progress: Progress): string {
  return Object.entries(progress)
    .map(([lesson, steps]) => `${lesson}:${steps}`)
    .join(',');
}

/** Progress with a step, from 1, that was come to. */
export function withStep(progress: Progress, lesson: string, step: number): Progress {
  return (progress[lesson] ?? 0) >= step ? progress : { ...progress, [lesson]: step };
}
