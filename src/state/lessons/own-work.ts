import { blankLane, type Runs } from '../runs.ts';
import type { AppState, AppStore } from '../store.ts';

/** How everything is looked at while nothing else is said. */
export const PLAIN_LOOK = {
  colour: 'live',
  order: 'address',
  view: { kind: 'compare' },
  zoom: 'pages',
  firstPage: 0,
  tableOpen: false,
  inspectorOpen: true,
} as const satisfies Partial<AppState>;

/**
 * Runs again what the visitor had before a lesson, in the same lanes, at the same place. What is returned is to be called
 * once the run is there: it puts the selection and a text that had not run back.
 */
export function giveBack(store: AppStore, runs: Runs, own: AppState): () => void {
  const {
    document,
    ranText,
    focusedLane,
    colour,
    order,
    view,
    zoom,
    firstPage,
    tableOpen,
    inspectorOpen,
    speed,
    link,
  } = own;
  runs.setLanes(own.lanes.map((lane) => blankLane(lane.key, lane.config)));
  const edited = document.kind === 'script' && ranText !== '' && document.text !== ranText;
  runs.open(edited ? { ...document, text: ranText } : document, {
    work: own.work,
    position: own.following ? null : own.position,
  });
  store.setState({ focusedLane, colour, order, view, tableOpen, inspectorOpen });
  return () => {
    // A run begins with nothing selected, and with the zoom that goes with that.
    store.setState({ link: { hover: null, selected: link.selected }, zoom, firstPage, speed });
    if (edited) runs.edit(document.text);
  };
}
