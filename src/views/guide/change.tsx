import { CHANGED_LINE } from '../../lessons/first-minute.ts';
import { firstMinuteStrings } from '../../model/strings/first-minute.ts';
import { lessonStrings } from '../../model/strings/lessons.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';

const words = lessonStrings.firstMinute;

/** The last thing to do: the way to the number, which a phone has below the maps; then what the change came to. */
export function Change({ changed }: { changed: boolean }) {
  const { point } = useApp();
  const outcome = useOutcome();
  const show = () => {
    point.select({ kind: 'line', line: CHANGED_LINE });
    document.getElementById('script')?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <p>{(changed && outcome) || firstMinuteStrings.changeNote}</p>
      {!changed && (
        <button type="button" className="button guide-run" onClick={show}>
          {words.show(CHANGED_LINE)}
        </button>
      )}
    </>
  );
}

/** From the run itself; empty while there is none. */
function useOutcome(): string {
  const { records } = useApp();
  const lanes = useFact((state) => state.lanes);
  const scenario = useFact((state) => state.scenario);
  const idle = useFact((state) => state.status.kind === 'done');
  const mark = scenario?.marks[scenario.marks.length - 1];
  if (!idle || mark === undefined) return '';
  const level = lanes
    .map((lane, index) => {
      const { series } = records.lane(lane.key);
      return series.finalPages === series.pagesAt(mark.position) ? laneLetter(index) : '';
    })
    .filter((letter) => letter !== '');
  return level.length === 0 ? words.allGrew(mark.text) : words.grewNone(level.join(', '), level.length, mark.text);
}
