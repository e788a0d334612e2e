import { zoomStrings as words } from '../../model/strings/zoom.ts';
import { PAGE_BYTES } from '../../model/units.ts';
import type { App } from '../../state/app.ts';
import { inspectedOf, placeOf } from '../../state/inspections.ts';
import { laneLetter } from '../shared/lane-letter.ts';

/** The next lane in which what is looked at can be seen: the same block where it lives there, else the same page. */
export function nextLane({ store, records }: Pick<App, 'store' | 'records'>): number {
  const state = store.getState();
  const target = inspectedOf(state, records);
  if (target === null) return -1;
  const { lanes } = state;
  for (let by = 1; by < lanes.length; by++) {
    const index = (target.index + by) % lanes.length;
    const other = lanes[index]!;
    if (other.opening === null) continue;
    if (target.block === 0 || placeOf(records, other.key, target.block, state.position) !== null) return index;
  }
  return -1;
}

/** Shows what is looked at in another lane, and says so. */
export function showInLane({ store, records, point, lanes, look }: App, index: number): void {
  const state = store.getState();
  const target = inspectedOf(state, records);
  if (target === null || !target.held) return;
  const other = state.lanes[index];
  if (other === undefined) {
    look.announce(state.lanes.length < 2 ? words.noOtherLane : words.notElsewhere);
    return;
  }
  const place = target.block === 0 ? null : placeOf(records, other.key, target.block, state.position);
  const page = place === null ? target.page : Math.floor(place.address / PAGE_BYTES);
  lanes.focus(other.key);
  if (place === null) point.select({ kind: 'page', lane: other.key, page });
  else point.select({ kind: 'block', lane: other.key, operation: target.block, page });
  look.announce(words.shown(laneLetter(index), page));
}
