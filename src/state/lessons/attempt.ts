import { inherited, type Lesson } from '../../model/lesson.ts';
import { openLines } from '../../model/open-lines.ts';

/** What a visitor has made of a challenge so far. The newest is remembered: a reload takes nothing of it away. */
export interface Attempt {
  readonly text: string;
  readonly hints: number;
  readonly solutionShown: boolean;
}

/** More than any lesson's script, and what somebody would type there. */
const MOST_CHARACTERS = 20_000;

export function writeAttempt(lesson: string, step: number, { text, hints, solutionShown }: Attempt): string {
  return JSON.stringify({ lesson, step, text, hints, solutionShown });
}

/** What storage gave, where it is of this step's challenge and changes nothing but its editable lines; otherwise null. */
export function readAttempt(stored: string | null, lesson: Lesson, step: number): Attempt | null {
  const challenge = lesson.steps[step]?.challenge;
  if (stored === null || stored === '' || stored.length > MOST_CHARACTERS || challenge === undefined) return null;
  let value: Partial<Record<string, unknown>> | null;
  try {
    value = JSON.parse(stored);
  } catch {
    return null;
  }
  if (value === null || typeof value !== 'object' || value.lesson !== lesson.id || value.step !== step) return null;
  const { text, hints, solutionShown } = value;
  if (typeof text !== 'string' || typeof hints !== 'number' || typeof solutionShown !== 'boolean') return null;
  if (!Number.isInteger(hints) || hints < 0 || hints > challenge.hints.length) return null;
  if (openLines(inherited(lesson, step, 'script') ?? '', challenge.editable, text) === null) return null;
  return { text, hints, solutionShown };
}
