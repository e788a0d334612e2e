import type { Zoom } from './link/share-state.ts';
import type { AppState, AppStore } from './store.ts';

/** The page or the block that is selected: what can be looked at from near. */
function heldBy({ link: { selected } }: AppState) {
  return selected?.kind === 'page' || selected?.kind === 'block' ? selected : null;
}

/** Is something in the page chosen: a block, or a hole or another stretch? */
function isChosen(state: AppState): boolean {
  return state.link.selected?.kind === 'block' || state.inspect.picked !== null;
}

/** How near one looks. A selection may be gone that the zoom of a link was made with; then it is not that near. */
export function depthOf(state: AppState): Zoom {
  if (heldBy(state) === null || state.zoom === 'pages') return 'pages';
  if (!isChosen(state)) return 'page';
  return state.zoom === 'bytes' ? 'bytes' : 'block';
}

/** Does the selected page stand in the place of the maps? */
export function isZoomed(state: AppState): boolean {
  return depthOf(state) !== 'pages' && !state.tableOpen && state.section === 'compare';
}

/** A lane alone and a page from near take the width of the script, which then lies over them. */
export function needsWidth(state: AppState): boolean {
  return state.view.kind === 'alone' || isZoomed(state);
}

export type ZoomCommands = ReturnType<typeof zoomCommands>;

/** The ways from all pages to a page, a block, its bytes, and back. */
export function zoomCommands(store: AppStore) {
  return {
    /** One level nearer. False where nothing is selected to look at, or it cannot be looked at from nearer. */
    down(): boolean {
      const state = store.getState();
      // A lesson has one page to scale, and no other place for it.
      if (heldBy(state) === null || state.section !== 'compare') return false;
      const depth = depthOf(state);
      if (depth === 'bytes' || (depth === 'page' && !isChosen(state))) return false;
      const next = depth === 'block' ? 'bytes' : isChosen(state) ? 'block' : 'page';
      store.setState({ zoom: next });
      return true;
    },
    /** To a level of what is selected; all pages leave the selection as it is. */
    to(depth: Zoom): void {
      const state = store.getState();
      const held = heldBy(state);
      if (depth === 'page' && held !== null) {
        store.setState({
          zoom: 'page',
          link: { hover: null, selected: { kind: 'page', lane: held.lane, page: held.page } },
          inspect: { ...state.inspect, picked: null, window: 0 },
        });
      } else store.setState({ zoom: depth });
    },
    /** One level up: bytes, block, page, all pages; then the selection is let go of, then the lane that is alone. */
    up(): void {
      const state = store.getState();
      const held = heldBy(state);
      switch (depthOf(state)) {
        case 'bytes':
          this.to('block');
          return;
        case 'block':
          this.to('page');
          return;
        case 'page':
          this.to('pages');
          return;
        case 'pages':
          if (held !== null && isChosen(state)) {
            this.to('page');
            this.to('pages');
          } else if (state.link.selected === null && state.view.kind === 'alone')
            store.setState({ view: { kind: 'compare' } });
          else store.setState({ link: { hover: null, selected: null }, zoom: 'pages' });
      }
    },
  };
}
