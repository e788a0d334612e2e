import { useMemo } from 'react';
import { lessonStrings as words } from '../../model/strings/lessons.ts';
import { MessageText } from '../editor/message-text.tsx';
import { findingsOf } from '../lanes/findings-of.ts';
import { useFact } from '../shared/app-context.tsx';
import { usePosition } from '../shared/use-position.ts';

/** What was found in the operation under the needle: by the scenario's own check, and in a lane. */
export function LessonFinding() {
  const position = usePosition();
  const scenario = useFact((state) => state.scenario);
  const lanes = useFact((state) => state.lanes);
  const found = useMemo(() => findingsOf(scenario, lanes), [scenario, lanes]);
  const here = found.filter(({ operation }) => operation === position);
  if (here.length === 0) return null;
  return (
    <ul className="lesson-finding" aria-label={words.found}>
      {here.map(({ key, letters, message }) => (
        <li key={key} data-lane={letters || undefined}>
          {letters !== '' && <b>{`${letters} `}</b>}
          <MessageText text={message} />
        </li>
      ))}
    </ul>
  );
}
