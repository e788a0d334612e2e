import type { DevicePx } from '../model/units.ts';
import { canvasGeneration } from './canvas-loss.ts';
import { haloText, setFont, strokeHalo } from './charts.ts';

/** A label drawn every frame. */
export interface LabelStyle {
  /** As `font()` gives it. */
  readonly font: string;
  /** Its size, in px of the context. */
  readonly size: number;
  readonly ink: string;
  /** What the text stands on: a halo of it keeps lines away. */
  readonly paper: string;
  readonly align: CanvasTextAlign;
  /** Device pixels in a px of the context. */
  readonly ratio: number;
}

interface Label {
  readonly image: OffscreenCanvas;
  /** In px of the context. */
  readonly width: number;
  readonly height: number;
}

const HALO = 3;
const MOST_LABELS = 256;
let labels = new Map<string, Label>();

/**
 * Draws a label whose middle is at `y`. Any text that a canvas of the page draws makes the browser work out the styles of
 * the whole page first, in the middle of the frame: 2 to 3 ms, more than everything else that is drawn. So labels are set
 * on canvases that are in no page, kept, and copied. Returns the label's width.
 */
export function drawLabel(
  ctx: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  style: LabelStyle,
): number {
  if (typeof OffscreenCanvas === 'undefined') return drawPlain(ctx, text, x, y, style);
  const label = labelOf(text, style);
  const left = style.align === 'right' ? x - label.width : style.align === 'center' ? x - label.width / 2 : x;
  // On whole device pixels: a copy between them would be blurred.
  const snap = (at: number) => Math.round(at * style.ratio) / style.ratio;
  const { image } = label;
  ctx.drawImage(
    image,
    snap(left - HALO),
    snap(y - label.height / 2),
    image.width / style.ratio,
    image.height / style.ratio,
  );
  return label.width;
}

/** What a label of figures is made of: a lane's letter, digits, and the space between groups of them. */
const FIGURES = '0123456789 ABCD\u202f';

interface Figures {
  /** A column a figure; in the upper row its halo, in the lower one its ink. */
  readonly image: OffscreenCanvas;
  readonly column: DevicePx;
  readonly row: DevicePx;
  readonly halo: DevicePx;
  readonly advances: readonly DevicePx[];
}

/**
 * `drawLabel` for a number that is another one in every frame: its figures are set once and copied one by one. A text with
 * another character in it is a label like any other.
 */
export function drawFigures(
  ctx: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  style: LabelStyle,
): number {
  const figures = typeof OffscreenCanvas === 'undefined' ? null : figuresOf(style);
  if (figures === null || [...text].some((figure) => !FIGURES.includes(figure)))
    return drawLabel(ctx, text, x, y, style);
  const { image, column, row, halo, advances } = figures;
  const { ratio } = style;
  let width = 0;
  for (let i = 0; i < text.length; i++) width += advances[FIGURES.indexOf(text[i]!)]!;
  const share = style.align === 'right' ? 1 : style.align === 'center' ? 0.5 : 0;
  const left = Math.round(x * ratio - width * share) - halo;
  const top = Math.round(y * ratio - row / 2);
  // All halos lie under all inks.
  for (let layer = 0; layer < 2; layer++) {
    let at = left;
    for (let i = 0; i < text.length; i++) {
      const index = FIGURES.indexOf(text[i]!);
      const from = index * column;
      ctx.drawImage(image, from, layer * row, column, row, at / ratio, top / ratio, column / ratio, row / ratio);
      at += advances[index]!;
    }
  }
  return width / ratio;
}

/** After a face has loaded: what was set in another one is set anew. */
export function forgetLabels(): void {
  labels = new Map();
  figureSets = new Map();
}

let figureSets = new Map<string, Figures>();

function figuresOf({ font, size, ink, paper, ratio }: LabelStyle): Figures {
  const key = `${canvasGeneration()} ${font} ${ink} ${paper} ${ratio}`;
  const known = figureSets.get(key);
  if (known !== undefined) return known;
  const pen = penOf();
  setFont(pen, font);
  const advances = [...FIGURES].map((figure) => Math.max(1, Math.round(pen.measureText(figure).width * ratio)));
  const halo = Math.ceil(HALO * ratio);
  const column = Math.max(...advances) + 2 * halo;
  const row = Math.ceil((size * 1.5 + 2) * ratio);
  const image = new OffscreenCanvas(column * FIGURES.length, 2 * row);
  const ctx = image.getContext('2d')!;
  ctx.font = font;
  ctx.textBaseline = 'middle';
  [...FIGURES].forEach((figure, index) => {
    for (const layer of [0, 1]) {
      ctx.setTransform(ratio, 0, 0, ratio, index * column + halo, (layer + 0.5) * row);
      if (layer === 0) strokeHalo(ctx, figure, 0, 0, paper);
      else {
        ctx.fillStyle = ink;
        ctx.fillText(figure, 0, 0);
      }
    }
  });
  const set = { image, column, row, halo, advances };
  figureSets.set(key, set);
  return set;
}

function labelOf(text: string, { font, size, ink, paper, ratio }: LabelStyle): Label {
  const key = `${canvasGeneration()} ${font} ${ink} ${paper} ${ratio} ${text}`;
  const known = labels.get(key);
  if (known !== undefined) return known;
  if (labels.size >= MOST_LABELS) forgetLabels();
  const pen = penOf();
  setFont(pen, font);
  const width = pen.measureText(text).width;
  const height = Math.ceil(size * 1.5) + 2;
  const image = new OffscreenCanvas(Math.ceil((width + 2 * HALO) * ratio), Math.ceil(height * ratio));
  const ctx = image.getContext('2d')!;
  ctx.scale(ratio, ratio);
  ctx.font = font;
  ctx.textBaseline = 'middle';
  haloText(ctx, text, HALO, height / 2, ink, paper);
  const label = { image, width, height };
  labels.set(key, label);
  return label;
}

let pen: OffscreenCanvasRenderingContext2D | null = null;

/** Measures text. */
function penOf(): OffscreenCanvasRenderingContext2D {
  pen ??= new OffscreenCanvas(1, 1).getContext('2d')!;
  return pen;
}

/** Where no such canvas exists, on the context itself. */
function drawPlain(ctx: CanvasRenderingContext2D, text: string, x: number, y: number, style: LabelStyle): number {
  setFont(ctx, style.font);
  ctx.textAlign = style.align;
  ctx.textBaseline = 'middle';
  haloText(ctx, text, x, y, style.ink, style.paper);
  ctx.textAlign = 'left';
  return ctx.measureText(text).width;
}
