import { use } from 'react';
import type { Course } from '../../state/lessons/course.ts';
import { useApp } from '../shared/app-context.tsx';

/** What puts lessons into the lanes; suspends until it is there. */
export function useCourse(): Course {
  return use(useApp().course());
}
