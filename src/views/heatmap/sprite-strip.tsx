import { useEffect, useRef } from 'react';
import { cellSprites } from '../../paint/sprites.ts';
import type { PaintTheme } from '../../paint/theme.ts';
import { usePaintTheme } from '../shared/theme.tsx';

/** Cells of a strip, in CSS px, and hairlines between them. */
const CELL = 12;
const GAP = 1;

/** Draws a cell of each state after the other, as the painters of maps do; `toned` as in `cellSprites`. */
export type StripSprites = (theme: PaintTheme, cell: number, unit: number, toned: boolean) => Uint32Array;

/** For strips of a map's own states; in the colours of lines. */
const liveSprites: StripSprites = (theme, cell, unit, toned) => cellSprites(theme, cell, 2, unit, 'live', toned);
export const lineSprites: StripSprites = (theme, cell, unit, toned) => cellSprites(theme, cell, 2, unit, 'line', toned);

interface Props {
  /** Both made once: a new one draws the strip anew. */
  readonly states: readonly number[];
  readonly sprites?: StripSprites;
  /** The cells of the map that this explains have no room for patterns. */
  readonly toned?: boolean;
}

/** States side by side as the maps paint them, fill and pattern, in whatever theme: what a legend shows cannot differ from them. */
export function SpriteStrip({ states, sprites = liveSprites, toned = false }: Props) {
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
    const pattern = sprites(theme, cell, Math.max(1, Math.round(ratio)), toned);
    const size = cell * cell;
    for (const [index, state] of states.entries()) {
      const pixels = new Uint8ClampedArray(pattern.slice(state * size, (state + 1) * size).buffer);
      ctx.putImageData(new ImageData(pixels, cell, cell), index * step, 0);
    }
  }, [theme, states, sprites, toned]);
  return (
    <span className="sprite-strip" aria-hidden="true">
      <canvas ref={ref} style={{ inlineSize: `${width}px`, blockSize: `${CELL}px` }} />
    </span>
  );
}
