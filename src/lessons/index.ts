import type { Lesson } from '../model/lesson.ts';
import { arenas } from './arenas.ts';
import { dlmalloc } from './dlmalloc.ts';
import { headers } from './headers.ts';
import { holes } from './holes.ts';
import { pages } from './pages.ts';
import { wee } from './wee.ts';

/** In the order in which they teach. A new lesson is a file of data and its name here. */
export const LESSONS: readonly Lesson[] = [pages, headers, holes, wee, dlmalloc, arenas];
