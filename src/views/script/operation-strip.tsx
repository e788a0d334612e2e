import { OpKind } from '../../model/operations.ts';
import type { Scenario, Station } from '../../model/scenario.ts';
import { grouped } from '../../model/strings/numbers.ts';
import { scriptStrings } from '../../model/strings/script-panel.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import type { Position } from '../../model/units.ts';
import type { App } from '../../state/app.ts';
import { markAt } from '../../state/playback.ts';
import type { Lane } from '../../state/store.ts';
import { operationText } from '../editor/operation-text.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { usePosition } from '../shared/use-position.ts';

/** The operation that led to what is drawn: its number and line, the operation in words, what each lane made of it. */
export function OperationStrip() {
  const app = useApp();
  const scenario = useFact((state) => state.scenario);
  const lanes = useFact((state) => state.lanes);
  const format = useFact((state) => state.format);
  const position = usePosition();
  if (scenario === null) return null;
  if (position === 0 || position > scenario.operations.count) {
    return (
      <section className="strip" aria-label={scriptStrings.strip.operation(position)}>
        <p>
          <b>{scriptStrings.strip.before}</b>
        </p>
      </section>
    );
  }
  const line = scenario.operations.line[position - 1]!;
  const mark = markAt(scenario.marks, position);
  const text = operationText(scenario.operations, position, scenario.blocks, scenario.fills);
  const caption = captionAt(scenario, position);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="strip" aria-label={scriptStrings.strip.operation(position)} tabIndex={0}>
      {caption !== null && <p className="strip-caption">{caption}</p>}
      <p>
        <b>{scriptStrings.strip.operation(position)}</b>{' '}
        {format === 'script' || format === 'operations' ? scriptStrings.strip.line(line) : ''}
        {mark === undefined ? '' : `, ${mark.text}`}
      </p>
      <code className="strip-code">{text.code}</code>
      {text.note !== '' && <p className="strip-note">{text.note}</p>}
      <p className="strip-note">{outcome(app, lanes, scenario, position)}</p>
    </section>
  );
}

/** A caption holds until the next caption or mark. */
function captionAt(scenario: Scenario, position: Position): string | null {
  const note = markAt(scenario.notes, position);
  const pause = markAt(scenario.pauses, position);
  const mark = markAt(scenario.marks, position);
  let last: Station | undefined = note;
  if (pause !== undefined && (last === undefined || pause.position >= last.position)) last = pause;
  if (last === undefined || last.text === '' || (mark !== undefined && mark.position > last.position)) return null;
  return last.text;
}

/** A request that was not served, and whether for want of memory or of a hole large enough, as the bytes at that op say. */
function failureText(lane: Lane, letter: string, size: number, position: Position): string {
  const read = lane.survey?.position === position ? lane.survey.metrics : null;
  return words.status.outOfMemory(letter, size, position, read?.free ?? null, read?.largest_hole ?? null);
}

/** What the lanes made of it: steps, growth, failures, the addresses. */
function outcome({ records }: App, lanes: readonly Lane[], scenario: Scenario, position: Position): string {
  const kind = scenario.operations.kind[position - 1];
  const steps: string[] = [];
  const placed: string[] = [];
  const events: string[] = [];
  const asks = kind === OpKind.Alloc || kind === OpKind.Realloc;
  lanes.forEach((lane, index) => {
    const letter = laneLetter(index);
    const { frame, series, steps: counted } = records.lane(lane.key);
    if (frame === null || frame.logged < position) {
      if (lane.result?.stopped) events.push(scriptStrings.strip.stopped(letter));
      return;
    }
    const grow = series.growAt.upTo(position) - 1;
    if (grow >= 0 && series.growAt.at(grow) === position)
      events.push(scriptStrings.strip.grew(letter, series.growPages.at(grow)));
    const failure = series.failures.upTo(position) - 1;
    if (failure >= 0 && series.failures.at(failure) === position) {
      events.push(failureText(lane, letter, scenario.operations.size[position - 1]!, position));
      if (lane.opening !== null && series.pagesAt(position) === lane.opening.max) {
        events.push(scriptStrings.strip.limit(lane.opening.max));
      }
    }
    if (!asks) return;
    if (counted !== null) steps.push(`${letter} ${grouped(counted.at(position))}`);
    const block = frame.blockOf(position);
    if (block !== null && block.address !== 0) placed.push(scriptStrings.strip.at(letter, block.address));
  });
  const said: string[] = [];
  if (placed.length > 0) said.push(scriptStrings.strip.placed(placed.join(', ')));
  if (steps.length > 0) said.push(scriptStrings.strip.searched(steps.join(', ')));
  return [...said, ...events].join(' ');
}
