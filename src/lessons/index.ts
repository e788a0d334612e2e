import type { Lesson } from '../model/lesson.ts';
import { arenas } from './arenas.ts';
import { boundary } from './boundary.ts';
import { corruption } from './corruption.ts';
import { dlmalloc } from './dlmalloc.ts';
import { growing } from './growing.ts';
import { headers } from './headers.ts';
import { holes } from './holes.ts';
import { ownProject } from './own-project.ts';
import { pages } from './pages.ts';
import { wasmGc } from './wasm-gc.ts';
import { wee } from './wee.ts';

/** In the order in which they teach. A new lesson is a file of data and its name here. */
export const LESSONS: readonly Lesson[] = [
  pages,
  headers,
  holes,
  wee,
  dlmalloc,
  arenas,
  growing,
  boundary,
  corruption,
  wasmGc,
  ownProject,
];
