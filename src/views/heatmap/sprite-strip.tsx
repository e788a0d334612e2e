import { useEffect, useRef } from 'react';
import { CELL_STATES, type Colouring } from '../../model/heap-frame.ts';
import { cellSprites } from '../../paint/sprites.ts';
import { usePaintTheme } from '../shared/theme.tsx';

/** Cells of a strip, in CSS px, and hairlines between them. */
const CELL = 12;
const GAP = 1;

interface Props {
  readonly states: readonly number[];
  readonly colouring?: Colouring;
}

/** States side by side as the maps paint them, fill and pattern, in whatever theme: what a legend shows cannot differ from them. */
export function SpriteStrip({ states, colouring = 'live' }: Props) {
  const theme = usePaintTheme();
  const ref = useRef<HTMLCanvasElement>(null);
  const width = states.length * (CELL + GAP) - GAP;
  useEffect(() => {
    const canvas = ref.current;
    const ctx = canvas?.getContext('2d');
    if (!canvas || !ctx) return;
    const ratio = window.devicePixelRatio || 1;
    const cell = Math.round(CELL * ratio);
    const step = Math.round((CELL + GAP) * ratio);
    canvas.width = (states.length - 1) * step + cell;
    canvas.height = cell;
    const sprites = cellSprites(theme, cell, 2, Math.max(1, Math.round(ratio)), colouring);
    const size = sprites.length / CELL_STATES;
    for (const [index, state] of states.entries()) {
      const pixels = new Uint8ClampedArray(sprites.slice(state * size, (state + 1) * size).buffer);
      ctx.putImageData(new ImageData(pixels, cell, cell), index * step, 0);
    }
  }, [theme, states, colouring]);
  return (
    <span className="sprite-strip" aria-hidden="true">
      <canvas ref={ref} style={{ inlineSize: `${width}px`, blockSize: `${CELL}px` }} />
    </span>
  );
}
