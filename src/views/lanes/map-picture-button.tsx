import { useState } from 'react';
import { lineSites } from '../../model/line-sites.ts';
import { mapPictureStrings as words } from '../../model/strings/map-picture.ts';
import type { MapPicture } from '../../paint/export/map-picture.ts';
import type { Lane } from '../../state/store.ts';
import { shownViewport } from '../heatmap/shown-viewport.ts';
import { download, fileName } from '../recordings/download.ts';
import { useApp } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { usePaintTheme } from '../shared/theme.tsx';

/** Saves one lane's map as it is shown: its name, scale, colours and position with it. */
export function MapPictureButton({ lane, name }: { lane: Lane; name: string }) {
  const { store, records } = useApp();
  const theme = usePaintTheme();
  const [failed, setFailed] = useState(false);
  const save = async () => {
    const state = store.getState();
    const { frame } = records.lane(lane.key);
    const viewport = shownViewport(lane.key);
    if (frame === null || viewport === null || state.scenario === null) return;
    frame.seek(Math.min(state.position, frame.logged));
    const place = state.lanes.findIndex((other) => other.key === lane.key);
    const { selected } = state.link;
    const picture: MapPicture = {
      frame,
      viewport,
      theme,
      colouring: state.colour,
      sites: lineSites(state.scenario.operations),
      marks: {
        changes: null,
        pointed: -1,
        linked: [],
        selected: selected?.kind === 'page' ? selected.page : -1,
        broken: null,
        finalPages: frame.finalPages,
        bump: null,
      },
      place,
      name,
      scenario: state.document.name,
      operations: state.scenario.operations.count,
    };
    try {
      const { mapPng } = await import('../../paint/export/map-picture.ts');
      download(await mapPng(picture), fileName(`${state.document.name} ${laneLetter(place)} ${name}`, '.png'));
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  return (
    <>
      <button type="button" className="button" onClick={save}>
        {words.save}
      </button>
      {failed && <p role="alert">{words.failed}</p>}
    </>
  );
}
