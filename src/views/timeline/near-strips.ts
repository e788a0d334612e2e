import type { PageReading } from '../../model/inspection.ts';
import { SpanKind } from '../../model/spans.ts';
import { zoomStrings } from '../../model/strings/zoom.ts';
import type { NearStrip } from '../../paint/timeline-strips.ts';
import type { TimelineData } from '../../paint/timeline-view.ts';
import type { App } from '../../state/app.ts';
import { placeOf } from '../../state/inspections.ts';
import type { Target } from '../../state/pointing.ts';
import type { AppState } from '../../state/store.ts';
import { isZoomed } from '../../state/zooming.ts';

const words = zoomStrings.strips;

let kept: { data: TimelineData; reading: PageReading | null; selected: Target | null; near: TimelineData } | null =
  null;
let made = 0;

/**
 * The timeline's data while a page is seen from near: the life of the block, of the hole behind it, and how full the page
 * was over the run. Made anew when another page, block or reading is there, never for a frame; the same object otherwise.
 */
export function nearData(app: App, state: AppState, data: TimelineData): TimelineData {
  if (!isZoomed(state)) return data;
  const { selected } = state.link;
  if (selected?.kind !== 'page' && selected?.kind !== 'block') return data;
  const known = state.inspect.page;
  const reading = known?.lane === selected.lane && known.reading.page === selected.page ? known.reading : null;
  if (kept?.data === data && kept.reading === reading && kept.selected === selected) return kept.near;
  const strips: NearStrip[] = [];
  if (selected.kind === 'block') strips.push(...blockStrips(app, state, selected, reading));
  const bare = { span: null, note: '', lasts: false };
  strips.push({ ...bare, label: words.page(selected.page), levels: reading?.history ?? new Uint8Array(1) });
  made++;
  const near = { ...data, near: { strips, stamp: made } };
  kept = { data, reading, selected, near };
  return near;
}

function blockStrips(
  { records }: App,
  { scenario }: AppState,
  { lane, operation }: Extract<Target, { kind: 'block' }>,
  reading: PageReading | null,
): NearStrip[] {
  if (scenario === null) return [];
  const { line, count } = scenario.operations;
  const end = records.ends?.[operation] ?? 0;
  const life: NearStrip = {
    label: words.block,
    span: { from: operation, to: end || count, fill: 'live' },
    note: words.made(line[operation - 1]!),
    lasts: end === 0,
    levels: null,
  };
  const place = reading === null ? null : placeOf(records, lane, operation, reading.position);
  const spans = reading?.spans ?? null;
  const behind =
    place === null || spans === null
      ? -1
      : spans.start.findIndex((start, k) => spans.kind[k] === SpanKind.Free && start >= place.address + place.usable);
  // Only a hole that begins where the block ends, but for a header between them.
  if (behind < 1 || spans === null || place === null || reading === null) return [life];
  const gap = spans.kind[behind - 1] === SpanKind.Header ? spans.start[behind - 1]! : spans.start[behind]!;
  const since = spans.since[behind]!;
  if (gap !== place.address + place.usable || since === 0) return [life];
  return [
    life,
    {
      label: words.neighbour,
      span: { from: since, to: reading.position, fill: 'hole' },
      note: words.freed(line[since - 1]!),
      lasts: false,
      levels: null,
    },
  ];
}
