import { holeBins, tallestBin } from '../../model/hole-bins.ts';
import { headerBytes, parseLaneName } from '../../model/lanes.ts';
import { lineSites } from '../../model/line-sites.ts';
import { bytesWanted, nextRequest, requestOutcome } from '../../model/request-outcome.ts';
import { metricStrings } from '../../model/strings/metrics.ts';
import { grouped } from '../../model/strings/numbers.ts';
import { tablesStrings as words } from '../../model/strings/tables.ts';
import type { Pages } from '../../model/units.ts';
import {
  type ComparisonLane,
  type ComparisonPicture,
  comparisonSize,
  paintComparison,
} from '../../paint/export/comparison.ts';
import type { HolesLane } from '../../paint/export/holes-chart.ts';
import { legendEntries, shownStates } from '../../paint/export/legend.ts';
import { paintMap } from '../../paint/heatmap.ts';
import { axisLabels, rowScale } from '../../paint/map-scale.ts';
import { bandRows, type PageOrder } from '../../paint/page-order.ts';
import { forcedTheme, type PaintTheme } from '../../paint/theme.ts';
import { mapViewport, type Viewport } from '../../paint/viewport.ts';
import type { App } from '../../state/app.ts';
import { type AppState, type Lane, operationCount } from '../../state/store.ts';
import { captionOf, outcomeText } from '../histogram/hole-histogram.tsx';
import { isFresh, laneFacts } from '../lanes/lane-facts.ts';
import { lanePolicy, laneTitle } from '../lanes/lane-names.ts';
import { ROWS } from '../lanes/metric-values.ts';
import { madeBy } from '../shared/footer.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { coverOf } from '../timeline/cover.ts';
import { timelineData } from '../timeline/timeline.tsx';

const MAP_WIDTH = 320;
const MAP_HEIGHT = 330;
/** Pictures of a lane that pages of the screen do not use. */
const SLOT = 7;

/** Black on white, states told apart by pattern alone: for paper. */
export const PRINT: PaintTheme = {
  ...forcedTheme(
    (colour) =>
      ({
        Canvas: '#ffffff',
        CanvasText: '#000000',
        GrayText: '#767676',
        Highlight: '#000000',
        LinkText: '#000000',
      })[colour],
  ),
  name: 'print',
};

/** The comparison as it stands, painted on a canvas of its own. Null before a lane has run, or where the browser refuses the canvas. */
export function comparisonCanvas(app: App, theme: PaintTheme, ratio = 2): HTMLCanvasElement | null {
  const picture = comparisonPicture(app, theme, ratio);
  if (picture === null) return null;
  const { width, height } = comparisonSize(picture);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const ctx = canvas.getContext('2d');
  if (ctx === null) return null;
  ctx.scale(ratio, ratio);
  paintComparison(ctx, picture, theme, ratio);
  return canvas;
}

function comparisonPicture(app: App, theme: PaintTheme, ratio: number): ComparisonPicture | null {
  const state = app.store.getState();
  const { scenario, document: shown, position } = state;
  if (scenario === null || state.lanes.length === 0) return null;
  const pages = Math.max(1, ...state.lanes.map((lane) => app.records.lane(lane.key).series.finalPages));
  const lanes = state.lanes.map((lane, index) => comparisonLane(app, state, lane, index, pages, theme, ratio));
  const { order, colour } = state;
  const viewport = pictureViewport(pages, order, ratio);
  const states = new Set<number>();
  for (const { key } of state.lanes) {
    const { frame } = app.records.lane(key);
    if (frame !== null) for (const of of shownStates(frame, viewport)) states.add(of);
  }
  return {
    title: shown.name,
    subtitle: words.export.at(position, operationCount(state)),
    made: madeBy(),
    rowNames: ROWS.map((row) => metricStrings.metric.rows[row.id]),
    lanes,
    scale: rowScale(viewport),
    axis: axisLabels(viewport),
    holesName: metricStrings.holes.axis,
    most: tallestBin(state.lanes.map((lane) => (isFresh(state, lane) ? lane.survey : null))),
    legend: legendEntries(colour, lineSites(scenario.operations), states),
    legendStyle: { theme, colouring: colour, viewport },
    timeline: timelineData(app, state),
    cover: coverOf(state),
    position,
  };
}

function comparisonLane(
  app: App,
  state: AppState,
  lane: Lane,
  index: number,
  pages: Pages,
  theme: PaintTheme,
  ratio: number,
): ComparisonLane {
  const known = laneFacts(app.records, state, lane);
  const values = ROWS.map((row) => {
    if (known === null) return '';
    const value = row.value(row.tier === 'survey' && !isFresh(state, lane) ? { ...known, survey: null } : known);
    return value === undefined ? '' : value === null ? row.none(known) : row.text(value);
  });
  return {
    ...holesLane(app, state, lane, index),
    policy: lanePolicy(lane),
    values,
    ...paintedMap(app, state, lane, pages, theme, ratio),
  };
}

/** As large as the pages need: a picture has no window to fill. */
function pictureViewport(pages: Pages, order: PageOrder, ratio: number): Viewport {
  const space = { width: MAP_WIDTH, ratio, stacked: false, pages, order };
  const roomy = mapViewport({ ...space, height: MAP_HEIGHT });
  const band = bandRows(order);
  const rows = Math.ceil(pages / roomy.columns / band) * band + (order === 'address' ? 1 : 0);
  if (rows >= roomy.rows) return roomy;
  const tight = mapViewport({ ...space, height: (rows * roomy.pitch + 2 * roomy.origin + roomy.gap) / ratio + 1 });
  return tight.pitch === roomy.pitch ? tight : roomy;
}

function paintedMap(app: App, state: AppState, lane: Lane, pages: Pages, theme: PaintTheme, ratio: number) {
  const { order, colour } = state;
  const viewport = pictureViewport(pages, order, ratio);
  const map = document.createElement('canvas');
  map.width = viewport.width;
  map.height = viewport.height;
  const ctx = map.getContext('2d', { alpha: false });
  const { frame } = app.records.lane(lane.key);
  frame?.seek(Math.min(state.position, frame.logged));
  // A colouring that is new to the run is made ready in stretches.
  if (ctx !== null) while (!paintMap(ctx, frame, viewport, theme, SLOT, colour));
  return { map, mapWidth: viewport.width / ratio, mapHeight: viewport.height / ratio };
}

/** What the histogram of a lane shows at the playhead. */
export function holesLane(app: App, state: AppState, lane: Lane, index: number): HolesLane {
  const { operations } = app.records;
  const { frame, series } = app.records.lane(lane.key);
  const survey = isFresh(state, lane) ? lane.survey : null;
  const allocator = parseLaneName(lane.config.name);
  const request = operations === null ? 0 : nextRequest(operations, state.position);
  const next = operations === null ? null : bytesWanted(allocator, operations, request);
  const arena = allocator?.id === 'arena';
  const outcome =
    request === 0 || survey === null || frame === null || allocator === null
      ? metricStrings.holes.noRequest
      : `${metricStrings.holes.next} ${outcomeText(
          requestOutcome(request, operations!, survey, series, headerBytes(allocator), (t) => frame.blockOf(t)),
        )}.`;
  return {
    letter: laneLetter(index),
    name: laneTitle(lane),
    bins: survey === null || arena ? null : holeBins(survey),
    note: captionOf(survey, next, arena),
    next,
    outcome,
  };
}

/** `Chat server, after op 14 631 of 19 617`. */
export function pictureTitle(state: AppState, what: string): string {
  return `${state.document.name}: ${what}, op ${grouped(state.position)}`;
}
