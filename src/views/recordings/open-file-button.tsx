import { type ReactNode, useRef } from 'react';
import { viewsStrings } from '../../model/strings/views.ts';
import type { Taken } from './take-drop.ts';

interface OpenFileButtonProps {
  readonly onTake: (taken: Taken) => void;
  /** What the button says; “Open a file” where left out. */
  readonly children?: ReactNode;
  readonly className?: string;
}

/** A button that asks for a file. Any file: what it is, its content decides, not its name. */
export function OpenFileButton({ onTake, children, className = 'button' }: OpenFileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className={className}
        title={viewsStrings.file.openHint}
        onClick={() => input.current?.click()}
      >
        {children ?? viewsStrings.file.open}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          // Else the same file could not be chosen again after it was changed.
          event.target.value = '';
          if (file !== undefined) onTake({ kind: 'file', file, notice: '' });
        }}
      />
    </>
  );
}
