import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { editorStrings } from '../../model/strings/editor.ts';
import './dialog-frame.css';

interface DialogFrameProps {
  readonly title: string;
  readonly onClose: () => void;
  /** A panel at the side that leaves the page in use, or a dialog that holds the focus. */
  readonly kind?: 'dialog' | 'side';
  readonly className?: string;
  readonly children: ReactNode;
}

/**
 * A dialog that is open while it is mounted. The browser's own element: it holds the focus, closes on Escape and gives the
 * focus back to what had it.
 */
export function DialogFrame({ title, onClose, kind = 'dialog', className = '', children }: DialogFrameProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Layout effect: its cleanup runs while the element is still in the page, so that closing can give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (kind === 'dialog') element.showModal();
    else element.show();
    // The element itself gives the focus to its first control, which is the one that closes it.
    element.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => element.close();
  }, [kind]);

  return (
    <dialog
      ref={dialog}
      className={`frame ${className}`}
      data-kind={kind}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        // The page's single keys mean the map and the playhead behind.
        event.stopPropagation();
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        if (kind === 'dialog' && event.target === dialog.current && outside(event.nativeEvent, dialog.current))
          onClose();
      }}
    >
      <div className="frame-head">
        <h2 id={titleId}>{title}</h2>
        <button type="button" className="button" onClick={onClose}>
          {editorStrings.dialog.close}
        </button>
      </div>
      {children}
    </dialog>
  );
}

/** The backdrop belongs to the element; only the place tells them apart. */
function outside(event: PointerEvent, dialog: HTMLDialogElement): boolean {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
