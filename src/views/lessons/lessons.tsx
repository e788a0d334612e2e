import { useEffect, useState } from 'react';
import { LESSONS } from '../../lessons/index.ts';
import { viewsStrings } from '../../model/strings/views.ts';
import { lessonHash, readLessonHash } from '../../state/lessons/hash.ts';
import type { CourseStep } from '../../state/store.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
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
  const unknown = useWanted();
  useAddress(at);
  const index = at === null ? -1 : LESSONS.findIndex((lesson) => lesson.id === at.lesson.id);
  return (
    <div className="lessons">
      <a className="skip-link" href="#maps">
        {viewsStrings.skip.maps}
      </a>
      {narrow ? <PhoneBar /> : <TopBar drawer={false} />}
      <StatusBar />
      {at === null ? (
        <LessonIndex lessons={LESSONS} unknown={unknown} />
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

/** The address bar holds the link of the step, so that it can be copied from there and a reload comes back to it. */
function useAddress(at: CourseStep | null): void {
  const id = at?.lesson.id;
  const step = at?.step ?? 0;
  useEffect(() => {
    if (id === undefined) return;
    history.replaceState(history.state, '', lessonHash({ lesson: id, step: step + 1 }));
    return () => {
      if (readLessonHash(location.hash) !== null)
        history.replaceState(history.state, '', location.pathname + location.search);
    };
  }, [id, step]);
}
