import { useEffect } from 'react';
import { tinykeys } from 'tinykeys';
import { differenceStrings } from '../../model/strings/difference.ts';
import { liveStrings as words } from '../../model/strings/live.ts';
import { workStrings } from '../../model/strings/work.ts';
import { COLOURS } from '../../state/link/share-state.ts';
import type { AppState } from '../../state/store.ts';
import { isZoomed, needsWidth } from '../../state/zooming.ts';
import { useApp } from '../shared/app-context.tsx';
import { isDrawerWidth } from '../shared/use-media.ts';

const otherLane = () => import('../zoom/next-lane.ts');

/** The page's keys, as a part of it that shows nothing. */
export function Shortcuts(): null {
  useShortcuts();
  return null;
}

/** Keys of the whole page. Single keys are off in text fields and in dialogs; a map with the focus takes its arrows first. */
function useShortcuts(): void {
  const app = useApp();
  const { store, playback, look, zoom, lanes, undo } = app;
  useEffect(() => {
    const where =
      (may: (state: AppState) => boolean) => (act: (event: KeyboardEvent) => void) => (event: KeyboardEvent) => {
        const state = store.getState();
        if (event.defaultPrevented || writesText(event.target) || state.dialog !== null || !may(state)) return;
        event.preventDefault();
        act(event);
      };
    const anywhere = where(() => true);
    /** Where the lanes are seen: the comparison, and a lesson. */
    const plain = where(({ section, course }) => section === 'compare' || course !== null);
    /** What a lesson has none of, or must leave alone. */
    const own = where(({ section }) => section === 'compare');
    const space = (event: KeyboardEvent) => {
      // Space presses a button or opens a list that has the focus; it must not play as well.
      if (event.target instanceof Element && event.target.closest('button, select, summary, a, input, [role="row"]'))
        return;
      plain(() => playback.toggle())(event);
    };
    const toLane = (index: number) =>
      plain(() => {
        const lane = store.getState().lanes[index];
        if (lane === undefined) return;
        if (isZoomed(store.getState())) {
          void otherLane().then((m) => m.showInLane(app, index));
          return;
        }
        lanes.focus(lane.key);
        document.getElementById(`map-${lane.key}`)?.focus();
      });
    const grow = plain(() => {
      if (!playback.toGrow()) look.announce(words.noGrow);
    });
    const finding = plain(() => {
      if (!playback.toFinding()) look.announce(words.noFinding);
    });
    const clear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || store.getState().dialog !== null) return;
      zoom.up();
    };
    const palette = (event: KeyboardEvent) => {
      const { dialog } = store.getState();
      if (dialog !== null) return;
      event.preventDefault();
      look.open('palette');
    };
    const help = plain(() => look.open('keys'));
    const share = plain(() => {
      if (store.getState().scenario !== null) look.open('share');
    });
    const undone = own(async () => {
      const what = await undo.undo();
      look.announce(what === null ? workStrings.undo.nothing : workStrings.undo.undone(what));
    });
    const redone = own(async () => {
      const what = await undo.redo();
      look.announce(what === null ? workStrings.undo.nothingAgain : workStrings.undo.redone(what));
    });
    return tinykeys(window, {
      Space: space,
      ArrowLeft: plain(() => playback.step(-1)),
      ArrowRight: plain(() => playback.step(1)),
      ',': plain(() => playback.step(-1)),
      '.': plain(() => playback.step(1)),
      'Shift+ArrowLeft': plain(() => playback.step(-100)),
      'Shift+ArrowRight': plain(() => playback.step(100)),
      '[': plain(() => playback.toMark(-1)),
      ']': plain(() => playback.toMark(1)),
      Home: plain(() => playback.seek(0)),
      End: plain(() => playback.seek(store.getState().reached)),
      h: plain(() => {
        const order = store.getState().order === 'address' ? 'hilbert' : 'address';
        look.setOrder(order);
        look.announce(words.maps.order[order]);
      }),
      d: plain(() => {
        const { view, lanes: all } = store.getState();
        if (view.kind === 'difference') {
          look.setView({ kind: 'compare' });
          look.announce(words.maps.compare);
        } else if (all.length < 2) look.announce(differenceStrings.needsTwo);
        else {
          look.setView({ kind: 'difference', from: 0, to: 1 });
          look.announce(words.maps.difference('A', 'B'));
        }
      }),
      c: plain(() => {
        const colour = COLOURS[(COLOURS.indexOf(store.getState().colour) + 1) % COLOURS.length]!;
        look.setColour(colour);
        look.announce(words.maps.colour[colour]);
      }),
      g: grow,
      f: finding,
      e: own(() => look.toggleScript(needsWidth(store.getState()) || isDrawerWidth())),
      l: anywhere(() =>
        store.getState().course === null ? look.show('lessons') : void app.course().then((course) => course.next()),
      ),
      i: own(() => look.toggleInspector()),
      t: own(() => look.toggleTable()),
      b: plain(() => void otherLane().then((m) => m.showInLane(app, m.nextLane(app)))),
      '1': toLane(0),
      '2': toLane(1),
      '3': toLane(2),
      '4': toLane(3),
      s: share,
      '$mod+z': undone,
      '$mod+Shift+z': redone,
      '$mod+y': redone,
      '$mod+k': palette,
      Escape: clear,
      'Shift+?': help,
      '?': help,
    });
  }, [app, store, playback, look, zoom, lanes, undo]);
}

/** Does a key pressed here write a letter, or belong to a list? */
function writesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  return target.matches('input:not([type="checkbox"]), textarea, select');
}
