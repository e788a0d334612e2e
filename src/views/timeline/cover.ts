import type { PointerEvent } from 'react';
import type { Prediction } from '../../model/lesson.ts';
import { coverStrings as words } from '../../model/strings/first-minute.ts';
import type { Position } from '../../model/units.ts';
import { LANE_LETTERS } from '../../paint/charts.ts';
import type { Cover } from '../../paint/timeline-cover.ts';
import { pagesAtY, type TimelineView, xOf } from '../../paint/timeline-view.ts';
import type { App } from '../../state/app.ts';
import { CURVE_POINTS, drawnPages, isOfBefore, type OpenPrediction } from '../../state/lessons/predictions.ts';
import type { AppState } from '../../state/store.ts';
import { pointOn } from './point-on.ts';

let kept: { prediction: OpenPrediction; ranText: string; cover: Cover } | null = null;
let keptVeil: Cover | null = null;

/** What the painter draws of the prediction, or before what a later step asks; the same object while nothing about it changes, since it is asked for in every frame. */
export function coverOf({ prediction, veil, course, position, scenario, ranText }: AppState): Cover | null {
  if (prediction === null) {
    if (veil === null || course === null || position > veil) return null;
    const until = scenario?.operations.count ?? veil;
    if (keptVeil?.from !== veil || keptVeil.until !== until) {
      keptVeil = { from: veil, until, locked: false, drawn: null, lane: 0, words: words.untilLater };
    }
    return keptVeil;
  }
  if (kept?.prediction === prediction && kept.ranText === ranText) return kept.cover;
  const { question, from, until, locked } = prediction;
  const lane = laneIndex(question);
  const drawn = isOfBefore(prediction, ranText) ? null : drawnPages(prediction);
  const cover = { from, until, locked, drawn, lane, words: words.untilLocked };
  kept = { prediction, ranText, cover };
  return cover;
}

/** Where what nobody has seen yet begins; null where nothing is covered. */
export function sealedFrom(state: AppState): Position | null {
  const cover = coverOf(state);
  return cover === null || cover.locked ? null : cover.from;
}

/** The lane that a prediction is about. */
export function laneIndex({ lane = 'A' }: Prediction): number {
  return (LANE_LETTERS as readonly string[]).indexOf(lane);
}

/** The curve before anything is drawn: level. */
export function levelCurve(pages: number): number[] {
  return new Array<number>(CURVE_POINTS).fill(pages);
}

/** Draws on the covered part of the chart where a curve is asked for: the handle nearest to the pointer takes its height. */
export function drawCurve(app: App, view: TimelineView | null, event: PointerEvent<HTMLElement>): boolean {
  const { prediction, lanes } = app.store.getState();
  if (view === null || prediction === null || prediction.locked || prediction.question.kind !== 'curve') return false;
  const { x, y } = pointOn(event.currentTarget, event);
  const left = xOf(view, prediction.from);
  if (x < left + 8) return false;
  if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
  const share = (x - left) / (xOf(view, prediction.until) - left);
  const handle = Math.max(0, Math.min(CURVE_POINTS - 1, Math.round(share * CURVE_POINTS) - 1));
  const lane = lanes[laneIndex(prediction.question)];
  const level = lane === undefined ? 0 : app.records.lane(lane.key).series.pagesAt(prediction.from);
  const pages = [...(prediction.guess?.kind === 'curve' ? prediction.guess.pages : levelCurve(level))];
  pages[handle] = Math.round(pagesAtY(view, y));
  app.predictions.guess({ kind: 'curve', pages });
  return true;
}
