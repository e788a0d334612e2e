import { ID_SHAPE, MAX_ID } from '../link/share-state.ts';

/** A lesson's id and a step, from 1. Whether there is such a lesson, the lessons know. */
export interface LessonPlace {
  readonly lesson: string;
  readonly step: number;
}

const LONGEST = 256;

/** `#l=holes.3`; the first step is left out. Ends with a letter or digit, as every link of the page does. */
export function lessonHash({ lesson, step }: LessonPlace): string {
  return step === 1 ? `#l=${lesson}` : `#l=${lesson}.${step}`;
}

/** Reads the hash of an address, with or without its `#`; null where it is none of a lesson. Forgives what mail adds behind it. */
export function readLessonHash(hash: string): LessonPlace | null {
  if (hash.length > LONGEST) return null;
  const [, lesson, step = '1'] = /^#?l=([a-z0-9-]+)(?:\.([1-9]\d{0,2}))?[\s.,;:!?)\]}'"]*$/.exec(hash.trim()) ?? [];
  if (lesson === undefined || lesson.length > MAX_ID || !ID_SHAPE.test(lesson)) return null;
  return { lesson, step: Number(step) };
}
