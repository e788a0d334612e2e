import { useEffect, useRef, useState } from 'react';
import { LESSONS } from '../../lessons/index.ts';
import { viewsStrings } from '../../model/strings/views.ts';
import { lessonHash, readLessonHash } from '../../state/lessons/hash.ts';
import type { CourseStep } from '../../state/store.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { SkipLink } from '../shared/skip-link.tsx';
import { usePhoneWidth } from '../shared/use-media.ts';
import { StatusBar } from '../status/status-bar.tsx';
import { BottomTabs } from '../top-bar/bottom-tabs.tsx';
import { PhoneBar, TopBar } from '../top-bar/top-bar.tsx';
import { LessonIndex } from './lesson-index.tsx';
import { LessonPane } from './lesson-pane.tsx';
import { LessonStage } from './lesson-stage.tsx';
import { useCourse } from './use-course.ts';
import './lessons.css';

/** The course: its list, or one step beside the real thing. */
export function Lessons() {
  const at = useFact((state) => state.course);
  const narrow = usePhoneWidth();
  const wanted = useFact((state) => state.courseWanted);
  const unknown = useWanted();
  useAddress(at);
  useFocus(at === null);
  const index = at === null ? -1 : LESSONS.findIndex((lesson) => lesson.id === at.lesson.id);
  return (
    <div className="lessons">
      <SkipLink to="maps">{viewsStrings.skip.maps}</SkipLink>
      {narrow ? <PhoneBar /> : <TopBar drawer={false} />}
      <StatusBar />
      {at === null ? (
        // On the way to a step the list would come and go.
        wanted === null && <LessonIndex lessons={LESSONS} unknown={unknown} />
      ) : (
        <div className="lessons-body">
          <LessonPane course={at} number={index + 1} next={LESSONS[index + 1] ?? null} />
          <LessonStage course={at} narrow={narrow} />
        </div>
      )}
      <BottomTabs />
    </div>
  );
}

/** Opens the step that a link or a word asked for; the id of one that is not here. */
function useWanted(): string | null {
  const { store } = useApp();
  const course = useCourse();
  const wanted = useFact((state) => state.courseWanted);
  const [unknown, setUnknown] = useState<string | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    const lesson = LESSONS.find((other) => other.id === wanted.lesson);
    setUnknown(lesson === undefined ? wanted.lesson : null);
    if (lesson === undefined) store.setState({ courseWanted: null });
    else course.begin(lesson, wanted.step - 1);
  }, [wanted, course, store]);
  return unknown;
}

/**
 * The address bar holds the link of the step, so that it can be copied from there and a reload comes back to it. Each step
 * is a place that the browser's Back leads to; before the first of them is the list.
 */
function useAddress(at: CourseStep | null): void {
  const course = useCourse();
  const held = useRef('');
  const id = at?.lesson.id;
  const step = at?.step ?? 0;
  const open = id !== undefined;
  useEffect(() => {
    const { hash } = location;
    if (id !== undefined) {
      const wanted = lessonHash({ lesson: id, step: step + 1 });
      // What came from outside and is not quite right, such as a step too far, is no place to come back to.
      if (hash !== held.current) history.replaceState(history.state, '', wanted);
      else if (hash !== wanted) history.pushState(history.state, '', wanted);
    }
    held.current = location.hash;
  }, [id, step]);
  useEffect(() => {
    if (!open) return;
    const back = () => {
      if (location.hash === '') course.leave();
    };
    window.addEventListener('hashchange', back);
    return () => {
      window.removeEventListener('hashchange', back);
      if (readLessonHash(location.hash) !== null)
        history.replaceState(history.state, '', location.pathname + location.search);
    };
  }, [open, course]);
}

/** What had the focus is gone with the list, or with the lesson: reading goes on at the head of what came. */
function useFocus(list: boolean): void {
  const was = useRef(list);
  useEffect(() => {
    if (was.current === list) return;
    was.current = list;
    if (document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>(list ? '.lesson-index' : '.lesson-title')?.focus({ preventScroll: true });
  }, [list]);
}
