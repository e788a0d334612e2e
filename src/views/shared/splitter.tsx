import { useRef } from 'react';
import './splitter.css';

interface Props {
  readonly label: string;
  /** `inline`: a vertical bar that changes a width; `block`: a horizontal one that changes a height. */
  readonly axis: 'inline' | 'block';
  /** +1 where moving right or down makes the panel larger, −1 where it makes it smaller. */
  readonly sign: 1 | -1;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onChange: (px: number) => void;
}

const STEP = 16;

/** The edge between two panels: dragged, or moved with the arrow keys. */
export function Splitter({ label, axis, sign, value, least, most, onChange }: Props) {
  const drag = useRef<{ pointer: number; start: number; value: number } | null>(null);
  const along = (event: { clientX: number; clientY: number }) => (axis === 'inline' ? event.clientX : event.clientY);
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be focused and moved
    <div
      className="splitter"
      data-axis={axis}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={axis === 'inline' ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(value)}
      aria-valuemin={least}
      aria-valuemax={most}
      onPointerDown={(event) => {
        drag.current = { pointer: event.pointerId, start: along(event), value };
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        const held = drag.current;
        if (held === null || held.pointer !== event.pointerId) return;
        onChange(held.value + sign * (along(event) - held.start));
      }}
      onPointerUp={() => {
        drag.current = null;
      }}
      onKeyDown={(event) => {
        const more = axis === 'inline' ? 'ArrowRight' : 'ArrowDown';
        const less = axis === 'inline' ? 'ArrowLeft' : 'ArrowUp';
        if (event.key !== more && event.key !== less) return;
        onChange(value + (event.key === more ? sign : -sign) * STEP);
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
