import { canvasGeneration } from './canvas-loss.ts';

/** What chart painters need of a theme. The theme of the maps (`theme.ts`) serves it. */
export interface ChartTheme {
  readonly panel: string;
  readonly ground: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly rule: string;
  readonly rule2: string;
  readonly ctl: string;
  readonly signal: string;
  readonly signalText: string;
  readonly danger: string;
  /** Lanes A to D. */
  readonly lanes: readonly string[];
  /** The live ramp, 0 to 8. */
  readonly ramp: readonly string[];
}

/** Lane letters, and the dash and the marker that tell a lane apart without its colour. */
export const LANE_LETTERS = ['A', 'B', 'C', 'D'] as const;
export const LANE_DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 2], [7, 2, 2, 2]];

/** The interface's face at a size, a weight and a width in percent, as canvas wants it. */
export function font(px: number, weight = 400): string {
  return `${weight} ${px}px "Archivo Variable", "Archivo Fallback", system-ui, sans-serif`;
}

/** Anything that sets text. */
export type TextContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

let fonts = new WeakMap<TextContext, string>();
let fontsOf = canvasGeneration();

/**
 * Sets the font only where it is another one: the setter makes the browser work out the styles of the whole page, which
 * costs more than all that a frame draws. A canvas that is given its size forgets its font: call `forgetFont` then.
 */
export function setFont(ctx: TextContext, value: string): void {
  if (fontsOf !== canvasGeneration()) {
    fontsOf = canvasGeneration();
    fonts = new WeakMap();
  }
  if (fonts.get(ctx) === value) return;
  fonts.set(ctx, value);
  ctx.font = value;
}

export function forgetFont(ctx: CanvasRenderingContext2D): void {
  fonts.delete(ctx);
}

/** Indices of labels by height. One for all calls: labels are placed in every frame. */
const order: number[] = [];

/**
 * Moves labels that want to stand at `wanted[i]` apart until each has `gap` px to the next, staying within `top` to
 * `bottom`, keeping their order by height. Writes into `placed`, which may be `wanted`; n is at most a handful. Allocates
 * nothing where the caller keeps `placed`.
 */
export function spreadLabels(
  wanted: readonly number[],
  gap: number,
  top: number,
  bottom: number,
  placed: number[] = [],
): number[] {
  const count = wanted.length;
  for (let i = 0; i < count; i++) {
    let at = i;
    for (; at > 0 && wanted[order[at - 1]!]! > wanted[i]!; at--) order[at] = order[at - 1]!;
    order[at] = i;
  }
  placed.length = count;
  for (let i = 0; i < count; i++) placed[i] = Math.min(bottom, Math.max(top, wanted[i]!));
  for (let i = 1; i < count; i++) {
    const least = placed[order[i - 1]!]! + gap;
    if (placed[order[i]!]! < least) placed[order[i]!] = least;
  }
  if (count > 0 && placed[order[count - 1]!]! > bottom) {
    placed[order[count - 1]!] = bottom;
    for (let i = count - 2; i >= 0; i--) {
      const most = placed[order[i + 1]!]! - gap;
      if (placed[order[i]!]! > most) placed[order[i]!] = most;
    }
  }
  return placed;
}

/** Text in ink with a halo of the paper, so that it reads over lines. */
export function haloText(ctx: TextContext, text: string, x: number, y: number, ink: string, paper: string) {
  strokeHalo(ctx, text, x, y, paper);
  ctx.fillStyle = ink;
  ctx.fillText(text, x, y);
}

/** The halo alone. */
export function strokeHalo(ctx: TextContext, text: string, x: number, y: number, paper: string): void {
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4;
  ctx.strokeStyle = paper;
  ctx.strokeText(text, x, y);
}
