import { useEffect, useRef, useState } from 'react';
import type { Lesson } from '../../model/lesson.ts';
import { lessonStrings as words } from '../../model/strings/lessons.ts';
import { lessonHash } from '../../state/lessons/hash.ts';
import type { CourseStep } from '../../state/store.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { Challenge } from './challenge.tsx';
import { Predict } from './predict.tsx';
import { Prose } from './prose.tsx';
import { useCourse } from './use-course.ts';

interface Props {
  readonly course: CourseStep;
  /** From 1, in the list of lessons. */
  readonly number: number;
  readonly next: Lesson | null;
}

/** One step of a lesson: what is read, asked and tried, and the ways on. */
export function LessonPane({ course: at, number, next }: Props) {
  const course = useCourse();
  const prediction = useFact((state) => state.prediction);
  const { lesson, step } = at;
  const { title, prose, after, challenge, predict } = lesson.steps[step]!;
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(`${lesson.id} ${step}`);
  useEffect(() => {
    // A new step is read from its headline on; the first one does not take the focus from where the visitor is.
    const now = `${lesson.id} ${step}`;
    if (shown.current === now) return;
    shown.current = now;
    heading.current?.focus({ preventScroll: true });
    for (let at = heading.current?.parentElement; at; at = at.parentElement) at.scrollTop = 0;
  }, [lesson, step]);
  const open = prediction !== null && !prediction.locked;
  const last = step === lesson.steps.length - 1;
  return (
    <section className="lesson-pane" aria-label={words.lesson(number, lesson.title)}>
      <div className="lesson-scroll">
        <Steps at={at} />
        <p className="lesson-name">{words.lesson(number, lesson.title)}</p>
        <h2 className="lesson-title" ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <Prose paragraphs={prose} />
        {predict !== undefined && prediction !== null && <Predict prediction={prediction} />}
        {after !== undefined && !open && <Prose paragraphs={after} />}
        {challenge !== undefined && <Challenge challenge={challenge} course={at} />}
        <Tools lesson={lesson} step={step} />
        <details className="lesson-sources" open={last}>
          <summary>{words.sources}</summary>
          <ul>
            {lesson.sources.map((source) => (
              <li key={source}>{source}</li>
            ))}
          </ul>
        </details>
      </div>
      <nav className="lesson-nav" aria-label={words.step}>
        {step > 0 ? (
          <button type="button" className="button" onClick={() => course.back()}>
            <span aria-hidden="true">←</span> {words.back}
          </button>
        ) : (
          <button type="button" className="button" onClick={() => course.leave()}>
            {words.all}
          </button>
        )}
        <p>{words.hint}</p>
        {last && next !== null ? (
          <button type="button" className="button" data-kind="primary" onClick={() => course.begin(next, 0)}>
            {words.nextLesson} <span aria-hidden="true">→</span>
          </button>
        ) : (
          <button
            type="button"
            className="button"
            data-kind={open ? undefined : 'primary'}
            onClick={() => course.next()}
          >
            {last ? words.finish : words.next} <span aria-hidden="true">→</span>
          </button>
        )}
      </nav>
    </section>
  );
}

/** A mark for each step; those that were come to are full, and lead back there. */
function Steps({ at: { lesson, step } }: { at: CourseStep }) {
  const course = useCourse();
  const come = useFact((state) => state.progress[lesson.id] ?? 0);
  return (
    <div className="lesson-steps">
      <ol aria-label={words.progress}>
        {lesson.steps.map(({ title }, i) => (
          <li key={title}>
            <button
              type="button"
              data-come={i < come || undefined}
              aria-current={i === step ? 'step' : undefined}
              aria-label={words.goTo(i + 1, title)}
              title={title}
              onClick={() => course.begin(lesson, i)}
            />
          </li>
        ))}
      </ol>
      <p>{words.place(step + 1, lesson.steps.length)}</p>
    </div>
  );
}

function Tools({ lesson, step }: { lesson: Lesson; step: number }) {
  const { look } = useApp();
  const course = useCourse();
  const [copied, setCopied] = useState<string | null>(null);
  const here = `${lesson.id} ${step}`;
  const copy = () => {
    const address = new URL(lessonHash({ lesson: lesson.id, step: step + 1 }), location.href).href;
    navigator.clipboard.writeText(address).then(
      () => {
        setCopied(here);
        look.announce(words.linked);
      },
      () => look.announce(words.linkFailed),
    );
  };
  return (
    <p className="lesson-tools">
      <button type="button" className="button" data-kind="link" title={words.resetHint} onClick={() => course.reset()}>
        {words.reset}
      </button>
      <button type="button" className="button" data-kind="link" onClick={copy}>
        {copied === here ? words.linked : words.link}
      </button>
      <button type="button" className="button" data-kind="link" onClick={() => course.leave()}>
        {words.leave}
      </button>
    </p>
  );
}
