import { useEffect, useState } from 'react';
import type { GalleryPicture } from '../../model/gallery-picture.ts';
import { gallerySentences, galleryStrings as words } from '../../model/strings/gallery.ts';
import { GALLERY, GALLERY_RECORDINGS, type GalleryRecording } from '../../script/gallery.ts';
import { DialogFrame } from '../reference/dialog-frame.tsx';
import { useApp, useFact } from '../shared/app-context.tsx';
import { GalleryMaps } from './gallery-maps.tsx';
import './gallery.css';

type Pictures = Readonly<Record<string, GalleryPicture>>;

/** All that comes with the page to run, each with a picture of its run and a sentence on what to look at. */
export function Gallery({ onClose }: { onClose: () => void }) {
  const pictures = usePictures();
  return (
    <DialogFrame title={words.title} onClose={onClose} className="gallery-frame">
      <div className="frame-body">
        <p className="gallery-about">{words.about}</p>
        <h3>{words.scenarios}</h3>
        <Entries entries={GALLERY} pictures={pictures} onClose={onClose} />
        <h3>{words.recordings}</h3>
        <Entries entries={GALLERY_RECORDINGS} pictures={pictures} onClose={onClose} />
      </div>
    </DialogFrame>
  );
}

interface EntriesProps {
  readonly entries: readonly GalleryRecording[];
  readonly pictures: Pictures;
  readonly onClose: () => void;
}

function Entries({ entries, pictures, onClose }: EntriesProps) {
  const app = useApp();
  const document = useFact((state) => state.document);
  const shown = document.origin.kind === 'gallery' ? document.origin.id : null;
  return (
    <ul className="gallery-list">
      {entries.map((entry) => {
        const picture = pictures[entry.id];
        return (
          <li key={entry.id} className="gallery-entry" aria-current={entry.id === shown || undefined}>
            <button
              type="button"
              className="gallery-open"
              aria-label={words.open(entry.title)}
              aria-describedby={`gallery-${entry.id}`}
              {...(entry.id === shown ? { 'data-autofocus': '' } : {})}
              onClick={() => {
                onClose();
                app.look.leaveGuide();
                app.look.show('compare');
                void app.openGallery(entry.id);
              }}
            >
              <span className="gallery-title">{entry.title}</span>
              <span className="gallery-operations">{words.operations(entry.operations)}</span>
            </button>
            <div className="gallery-maps">
              {picture !== undefined && <GalleryMaps picture={picture} moment={entry.moment ?? null} />}
            </div>
            <p id={`gallery-${entry.id}`}>{gallerySentences[entry.id]}</p>
          </li>
        );
      })}
    </ul>
  );
}

/** The pictures, once they have come; the list can be used before. */
function usePictures(): Pictures {
  const [pictures, setPictures] = useState<Pictures>({});
  useEffect(() => {
    let here = true;
    import('../../script/generated/gallery-pictures.json').then(
      ({ default: all }) => here && setPictures(all as Pictures),
      // Without pictures the list still says all and opens all.
      () => {},
    );
    return () => {
      here = false;
    };
  }, []);
  return pictures;
}
