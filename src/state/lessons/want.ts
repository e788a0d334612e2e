import type { AppStore } from '../store.ts';
import type { LessonPlace } from './hash.ts';

/** Leads to a step of a lesson, once the lessons are loaded. */
export function wantLesson(store: AppStore, place: LessonPlace): void {
  store.setState({ section: 'lessons', guide: false, courseWanted: place });
}
