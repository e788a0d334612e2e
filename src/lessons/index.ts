import type { Lesson } from '../model/lesson.ts';
import { holes } from './holes.ts';

/** In the order in which they teach. A new lesson is a file of data and its name here. */
export const LESSONS: readonly Lesson[] = [holes];
