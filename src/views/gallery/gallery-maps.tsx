import { useEffect, useRef } from 'react';
import type { GalleryMap, GalleryPicture } from '../../model/gallery-picture.ts';
import { galleryStrings as words } from '../../model/strings/gallery.ts';
import { stateColour } from '../../paint/state-colours.ts';
import { usePaintTheme } from '../shared/theme.tsx';

/** The lanes of a picture side by side, at one scale. */
export function GalleryMaps({ picture, moment }: { picture: GalleryPicture; moment: string | null }) {
  const lanes = picture.lanes.map(({ name, pages }) => words.lane(name, pages));
  const when = moment === null ? words.atEnd : words.at(moment);
  return (
    <>
      <span className="gallery-moment" aria-hidden="true">
        {words.pages} {when}
      </span>
      {picture.lanes.map((map) => (
        <div key={map.name} className="gallery-map" aria-hidden="true">
          <TinyMap map={map} />
          <span>{words.lane(map.name, map.pages)}</span>
        </div>
      ))}
      <span className="visually-hidden">{words.picture(lanes, when)}</span>
    </>
  );
}

function TinyMap({ map }: { map: GalleryMap }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = usePaintTheme();
  const height = map.states.length / map.width;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, map.width, height);
    for (let k = 0; k < map.states.length; k++) {
      const colour = stateColour(Number.parseInt(map.states[k]!, 36), theme);
      if (colour === null) continue;
      context.fillStyle = colour;
      context.fillRect(k % map.width, Math.floor(k / map.width), 1, 1);
    }
  }, [map, height, theme]);
  return <canvas ref={canvas} width={map.width} height={height} />;
}
