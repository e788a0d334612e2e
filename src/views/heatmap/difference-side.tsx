import { useRef } from 'react';
import { differenceStrings as words } from '../../model/strings/difference.ts';
import { grouped, memory } from '../../model/strings/numbers.ts';
import type { Lane } from '../../state/store.ts';
import { laneTitle } from '../lanes/lane-names.ts';
import { useApp } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { useFrame } from '../shared/use-frame.ts';
import { framesAt, type LaneDifference, pageText } from './lane-difference.ts';

interface Props {
  readonly between: LaneDifference;
  readonly lanes: readonly Lane[];
  /** How far before its column it stands on a wide page, in CSS px: beside the map. */
  readonly shift: number;
}

/** Which lanes are compared, what their difference comes to at the playhead, and the page that is pointed at. */
export function DifferenceSide({ between, lanes, shift }: Props) {
  const { look } = useApp();
  const [from, to] = between.places;
  return (
    <section
      className="difference-side"
      aria-label={words.title}
      style={{ ['--shift' as string]: `${-Math.floor(shift)}px` }}
    >
      <button type="button" className="button" onClick={() => look.setView({ kind: 'compare' })}>
        {words.back}
      </button>
      <div className="difference-pick">
        <LanePicker
          label={words.to}
          lanes={lanes}
          value={to}
          onPick={(next) => look.setView({ kind: 'difference', from: next === from ? to : from, to: next })}
        />
        <LanePicker
          label={words.from}
          lanes={lanes}
          value={from}
          onPick={(next) => look.setView({ kind: 'difference', from: next, to: next === to ? from : to })}
        />
      </div>
      <Sums between={between} />
    </section>
  );
}

interface PickerProps {
  readonly label: string;
  readonly lanes: readonly Lane[];
  readonly value: number;
  readonly onPick: (index: number) => void;
}

/** The lane that is picked twice goes to the other's place. */
function LanePicker({ label, lanes, value, onPick }: PickerProps) {
  return (
    <label className="difference-lane">
      {label}
      <select className="button" value={value} onChange={(event) => onPick(Number(event.target.value))}>
        {lanes.map((lane, index) => (
          <option key={lane.key} value={index}>
            {laneLetter(index)} {laneTitle(lane)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Sums follow the playhead frame by frame, without React. */
function Sums({ between }: { between: LaneDifference }) {
  const { store, records } = useApp();
  const cells = useRef<(HTMLElement | null)[]>([]);
  const pointed = useRef<HTMLParagraphElement>(null);
  const [a, b] = between.letters;
  useFrame(() => {
    const state = store.getState();
    const frames = framesAt(between.keys, records, state.position);
    if (frames === null) return;
    const { pagesMoreInA, bytesMoreInA, pagesMoreInB, bytesMoreInB } = frames[0].differenceTo(frames[1]);
    const more = frames[1].facts().pages - frames[0].facts().pages;
    show(cells.current[0], words.moreAt(pagesMoreInA, bytesMoreInA));
    show(cells.current[1], words.moreAt(pagesMoreInB, bytesMoreInB));
    show(cells.current[2], words.netOf(a, b, bytesMoreInB - bytesMoreInA));
    show(cells.current[3], memory(Math.min(bytesMoreInA, bytesMoreInB)));
    show(cells.current[4], grouped(Math.max(0, -more)));
    show(cells.current[5], grouped(Math.max(0, more)));
    const at = state.link.hover ?? state.link.selected;
    show(pointed.current, at?.kind === 'page' ? words.page(at.page, pageText(between, frames, at.page)) : words.pick);
  });
  const rows = [words.more(a), words.more(b), words.net, words.moved, words.only(a), words.only(b)];
  return (
    <>
      <dl className="difference-sums">
        {rows.map((name, index) => (
          <div key={name} title={name === words.moved ? words.movedHint : undefined}>
            <dt>{name}</dt>
            <dd
              ref={(element) => {
                cells.current[index] = element;
              }}
            />
          </div>
        ))}
      </dl>
      <p ref={pointed} className="difference-page" aria-hidden="true" />
    </>
  );
}

function show(element: HTMLElement | null | undefined, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}
