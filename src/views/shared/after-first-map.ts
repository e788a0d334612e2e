import { type AppStore, operationCount, type RunStatus } from '../../state/store.ts';

/** All is recorded and no map was drawn of it: another part of the page is in sight, or the tab is in the background. */
const AFTER_RECORDING_MS = 1000;
/** What was drawn is on the screen before anything else is fetched. */
const ON_SCREEN_MS = 50;
/** On the slowest of lines the rest of the page comes all the same. */
const LONGEST_MS = 10_000;

/** Ways that a run ends without a map. */
const WITHOUT_MAP: readonly RunStatus['kind'][] = ['empty', 'cancelled', 'rejected', 'refused', 'lost'];

/** Of the browser's performance timeline: the moment at which the first map of a lane was drawn. */
export const FIRST_MAP_MARK = 'first-map';

let resolve: () => void = () => {};
let drawn = false;

/**
 * Resolves when the first map was drawn, or when there will be none: what the page fetches after it does not compete with
 * it for the line. Never rejects.
 */
export const afterFirstMap = new Promise<void>((done) => {
  resolve = done;
});

/** Told by whoever draws the map of a lane that has run; costs nothing after the first time. */
export function mapDrawn(): void {
  if (drawn) return;
  drawn = true;
  performance.mark(FIRST_MAP_MARK);
  setTimeout(resolve, ON_SCREEN_MS);
}

/** Ends the wait for a map that is not to come. */
export function watchForFirstMap(store: AppStore): void {
  const end = () => {
    stop();
    resolve();
  };
  const look = () => {
    const state = store.getState();
    const { status, section, lanes, scenario, reached } = state;
    const none = lanes.every((lane) => lane.unopened !== null);
    if (section !== 'compare' || none || WITHOUT_MAP.includes(status.kind)) end();
    else if (scenario !== null && reached >= operationCount(state)) {
      stop();
      setTimeout(end, AFTER_RECORDING_MS);
    }
  };
  const stop = store.subscribe(look);
  setTimeout(end, LONGEST_MS);
  look();
}
