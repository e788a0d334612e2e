import type { Lesson } from '../../model/lesson.ts';
import { lessonStrings as words } from '../../model/strings/lessons.ts';
import { useFact } from '../shared/app-context.tsx';
import { useCourse } from './use-course.ts';

/** All lessons in the order in which they teach, with how far the visitor has come. */
export function LessonIndex({ lessons, unknown }: { lessons: readonly Lesson[]; unknown: string | null }) {
  const course = useCourse();
  const progress = useFact((state) => state.progress);
  return (
    <main className="lesson-index" id="maps" tabIndex={-1}>
      <h2>{words.title}</h2>
      <p className="lesson-lead">{words.lead}</p>
      <p className="lesson-lead">{words.own}</p>
      {unknown !== null && (
        <p className="lesson-unknown" role="alert">
          {words.unknown(unknown)}
        </p>
      )}
      <ol className="lesson-list">
        {lessons.map((lesson, i) => {
          const come = Math.min(progress[lesson.id] ?? 0, lesson.steps.length);
          const done = come === lesson.steps.length;
          const name =
            come === 0
              ? words.startOf(lesson.title)
              : done
                ? words.againOf(lesson.title)
                : words.goOnOf(lesson.title, come);
          return (
            <li key={lesson.id} data-done={done || undefined}>
              <span className="lesson-number-mark" aria-hidden="true">
                {i + 1}
              </span>
              <div>
                <h3>{lesson.title}</h3>
                <p>{lesson.about}</p>
              </div>
              <p className="lesson-length">
                {words.minutes(lesson.minutes)}, {words.steps(lesson.steps.length)}
                <br />
                {words.state(come, lesson.steps.length)}
              </p>
              <button
                type="button"
                className="button"
                data-kind={nextOf(lessons, progress) === i ? 'primary' : undefined}
                aria-label={name}
                onClick={() => course.begin(lesson, done || come === 0 ? 0 : come - 1)}
              >
                {come === 0 ? words.start : done ? words.again : words.goOn}
              </button>
            </li>
          );
        })}
      </ol>
      {Object.keys(progress).length > 0 && (
        <button type="button" className="button" data-kind="link" onClick={() => course.forget()}>
          {words.forget}
        </button>
      )}
    </main>
  );
}

/** The lesson that comes next: the first that is not done. */
function nextOf(lessons: readonly Lesson[], progress: Readonly<Record<string, number>>): number {
  return lessons.findIndex((lesson) => (progress[lesson.id] ?? 0) < lesson.steps.length);
}
