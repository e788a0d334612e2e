import { useRef } from 'react';
import type { PageReading } from '../../model/inspection.ts';
import { SpanKind } from '../../model/spans.ts';
import { lessonStrings as words } from '../../model/strings/lessons.ts';
import { PAGE_BYTES } from '../../model/units.ts';
import { type PageWindow, WHOLE_PAGE, windowOf } from '../../paint/block-geometry.ts';
import { chunkOf, inspectedOf } from '../../state/inspections.ts';
import { PagePicture } from '../inspector/page-picture.tsx';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { usePosition } from '../shared/use-position.ts';
import '../inspector/inspector.css';

/**
 * One page block by block, or the part of it that has blocks: the selected one, else where the needle's operation was. Small
 * heaps are seen here, not on the map.
 */
export function PageToScale() {
  const { store, records } = useApp();
  usePosition();
  useFact((state) => state.lanes);
  useFact((state) => state.link.selected);
  useFact((state) => state.focusedLane);
  const { page: known } = useFact((state) => state.inspect);
  const shown = useRef<Shown>({ key: '', window: WHOLE_PAGE });
  const state = store.getState();
  const target = inspectedOf(state, records);
  const reading =
    target !== null && known?.lane === target.lane.key && known.reading.page === target.page ? known.reading : null;
  if (target === null || reading === null || reading.spans.kind.length === 0) return null;
  const letter = laneLetter(target.index);
  const key = `${state.generation} ${target.lane.key} ${target.page}`;
  const window = wider(shown.current, key, nearestOf(reading, target.lane.survey?.broken?.address ?? -1));
  const title =
    window === WHOLE_PAGE
      ? words.page(target.page, letter)
      : words.pagePart(target.page, letter, window.rows * window.rowBytes);
  return (
    <section className="lesson-page" data-lane={letter} aria-label={title}>
      <h3>{title}</h3>
      <PagePicture target={target} reading={reading} chunk={chunkOf(state, records, target)} window={window} named />
    </section>
  );
}

interface Shown {
  key: string;
  window: PageWindow;
}

/** While one page is looked at its window only becomes wider: a scale that follows every step cannot be read. */
function wider(shown: Shown, key: string, { from, to }: Stretch): PageWindow {
  const before = shown.window;
  const same = shown.key === key;
  if (to > from) {
    shown.key = key;
    const next = same
      ? windowOf(Math.min(from, before.start), Math.max(to, before.start + before.rows * before.rowBytes))
      : windowOf(from, to);
    if (next.start !== before.start || next.rowBytes !== before.rowBytes || next.rows !== before.rows)
      shown.window = next;
  } else if (!same) {
    // There is nothing to come near to.
    shown.key = '';
    shown.window = WHOLE_PAGE;
  }
  return shown.window;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * From the first block of a page, and the hole before it, to the end of the last; and what is broken in it. Offsets. Nothing
 * where the page has no block: holes alone are as well seen from far.
 */
function nearestOf({ page, spans }: PageReading, broken: number): Stretch {
  const origin = page * PAGE_BYTES;
  let from = PAGE_BYTES;
  let to = 0;
  const take = (start: number, end: number) => {
    from = Math.min(from, Math.max(0, start - origin));
    to = Math.max(to, Math.min(PAGE_BYTES, end - origin));
  };
  for (let k = 0; k < spans.kind.length; k++) {
    if (spans.kind[k] !== SpanKind.Used) continue;
    const first = to === 0 ? k - (before(spans, k, SpanKind.Header) ? 1 : 0) : k;
    const hole = to === 0 && before(spans, first, SpanKind.Free) ? first - 1 : k;
    take(spans.start[hole]!, spans.start[k]! + spans.bytes[k]!);
  }
  if (broken >= origin && broken < origin + PAGE_BYTES) take(broken, broken + 1);
  return { from, to };
}

const before = ({ kind }: PageReading['spans'], k: number, wanted: SpanKind) => k > 0 && kind[k - 1] === wanted;
