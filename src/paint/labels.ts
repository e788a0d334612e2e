import { haloText, setFont } from './charts.ts';

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

/** After a face has loaded: what was set in another one is set anew. */
export function forgetLabels(): void {
  labels = new Map();
}

function labelOf(text: string, { font, size, ink, paper, ratio }: LabelStyle): Label {
  const key = `${font} ${ink} ${paper} ${ratio} ${text}`;
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
