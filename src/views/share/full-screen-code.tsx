import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { linkStrings } from '../../model/strings/link.ts';

/** The code alone, as large as the screen is: for a projector. Escape or a press ends it, and the dialog is there again. */
export function FullScreenCode({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Layout effect: its cleanup runs while the element is still in the page, so that closing can give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => {
    const ended = () => {
      if (document.fullscreenElement === null) onClose();
    };
    // Where the browser refuses, the code fills the window.
    dialog.current?.requestFullscreen?.().catch(() => undefined);
    document.addEventListener('fullscreenchange', ended);
    return () => {
      document.removeEventListener('fullscreenchange', ended);
      if (document.fullscreenElement !== null) void document.exitFullscreen();
    };
  }, [onClose]);
  return (
    <dialog
      ref={dialog}
      className="share-full"
      aria-label={linkStrings.share.qr.label}
      onClick={onClose}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        // It ends this and not the dialog beneath it.
        event.stopPropagation();
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      {children}
      <p>{linkStrings.share.qr.ends}</p>
    </dialog>
  );
}
