import { paletteStrings } from '../../model/strings/palette.ts';
import { GALLERY, GALLERY_RECORDINGS } from '../../script/gallery.ts';
import type { App } from '../../state/app.ts';
import { themeOf } from '../shared/theme.tsx';
import { isDrawerWidth } from '../shared/use-media.ts';

/** Something that can be chosen by its name. */
export interface Command {
  readonly name: string;
  /** What kind of thing it is. */
  readonly note: string;
  run(): void;
}

/** Scenarios, recordings and everything else that the page can be told to do. */
export function commandsOf(app: App): readonly Command[] {
  const { commands: names, command, scenario, recording } = paletteStrings;
  const { look, playback, store } = app;
  const does = (id: keyof typeof names, run: () => void): Command => ({ name: names[id], note: command, run });
  const opens = (note: string) => (entry: { readonly id: string; readonly title: string }) => ({
    name: entry.title,
    note,
    run: () => {
      look.show('compare');
      void app.openGallery(entry.id);
    },
  });
  return [
    does('play', () => playback.toggle()),
    does('start', () => playback.seek(0)),
    does('end', () => playback.seek(store.getState().reached)),
    does('grow', () => playback.toGrow()),
    does('finding', () => playback.toFinding()),
    does('share', () => look.open('share')),
    does('open', () => look.open('recordings')),
    does('save', () => look.open('save')),
    does('gallery', () => look.open('gallery')),
    does('metrics', () => look.open('metrics')),
    does('reference', () => look.open('reference')),
    does('keys', () => look.open('keys')),
    does('script', () => look.toggleScript(isDrawerWidth())),
    does('inspector', () => look.toggleInspector()),
    does('table', () => look.toggleTable()),
    does('colourLive', () => look.setColour('live')),
    does('colourAge', () => look.setColour('age')),
    does('colourLine', () => look.setColour('line')),
    does('order', () => look.setOrder(store.getState().order === 'address' ? 'hilbert' : 'address')),
    does('theme', () => look.setTheme(themeOf(store.getState().theme) === 'dark' ? 'light' : 'dark')),
    ...GALLERY.map(opens(scenario)),
    ...GALLERY_RECORDINGS.map(opens(recording)),
  ];
}
