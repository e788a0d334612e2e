import { grouped } from '../model/strings/numbers.ts';
import type { DevicePx } from '../model/units.ts';
import { canvasGeneration } from './canvas-loss.ts';
import { haloText, LANE_LETTERS, setFont, strokeHalo } from './charts.ts';

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

/** How something that is kept was set: looked for by its parts, since a key made of them would be a string a frame. */
interface Setting {
  readonly generation: number;
  readonly font: string;
  readonly ink: string;
  readonly paper: string;
  readonly ratio: number;
}

function isSet(kept: Setting, style: LabelStyle): boolean {
  return (
    kept.ink === style.ink &&
    kept.font === style.font &&
    kept.paper === style.paper &&
    kept.ratio === style.ratio &&
    kept.generation === canvasGeneration()
  );
}

interface Label extends Setting {
  readonly text: string;
  readonly image: OffscreenCanvas;
  /** In px of the context. */
  readonly width: number;
  readonly height: number;
}

const HALO = 3;
const MOST_LABELS = 256;
let labels: Label[] = [];

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
  const { image } = label;
  const { ratio } = style;
  ctx.drawImage(
    image,
    snapped(left - HALO, ratio),
    snapped(y - label.height / 2, ratio),
    image.width / ratio,
    image.height / ratio,
  );
  return label.width;
}

/** On whole device pixels: a copy between them would be blurred. */
function snapped(at: number, ratio: number): number {
  return Math.round(at * ratio) / ratio;
}

/** What a label of figures is made of: a lane's letter, digits, and the space between groups of them. */
const FIGURES = `0123456789 ${LANE_LETTERS.join('')}\u202f`;
const SPACE = FIGURES.indexOf(' ');
const THIN_SPACE = FIGURES.indexOf('\u202f');

interface Figures extends Setting {
  /** A column a figure; in the upper row its halo, in the lower one its ink. */
  readonly image: OffscreenCanvas;
  readonly column: DevicePx;
  readonly row: DevicePx;
  readonly halo: DevicePx;
  readonly advances: readonly DevicePx[];
}

/** The figures that are drawn, as indices of `FIGURES`. */
const line = new Uint8Array(32);

/** Lays `A 14 631` out in `line`: a lane's letter and a whole number, not negative. Returns how many figures it takes. */
function layFigures(lane: number, value: number): number {
  line[0] = SPACE + 1 + lane;
  line[1] = SPACE;
  let digits = 1;
  for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) digits++;
  const length = 2 + digits + Math.floor((digits - 1) / 3);
  let at = length;
  let rest = value;
  for (let digit = 0; digit < digits; digit++) {
    if (digit > 0 && digit % 3 === 0) line[--at] = THIN_SPACE;
    line[--at] = rest % 10;
    rest = Math.floor(rest / 10);
  }
  return length;
}

/** What `drawLaneValue` writes, as a text. */
export function laneValueText(lane: number, value: number): string {
  return Array.from(line.subarray(0, layFigures(lane, value)), (figure) => FIGURES[figure]).join('');
}

/**
 * `drawLabel` for a lane's letter and a number that is another one in every frame: its figures are set once and copied one by
 * one, and no text is made of them. `x` and the middle `y` are whole device pixels: other numbers would be boxed on their way
 * here.
 */
export function drawLaneValue(
  ctx: CanvasRenderingContext2D,
  lane: number,
  value: number,
  x: DevicePx,
  y: DevicePx,
  style: LabelStyle,
): void {
  const { ratio } = style;
  if (typeof OffscreenCanvas === 'undefined') {
    drawPlain(ctx, `${LANE_LETTERS[lane]} ${grouped(value)}`, x / ratio, y / ratio, style);
    return;
  }
  const { image, column, row, halo, advances } = figuresOf(style);
  const count = layFigures(lane, value);
  let width = 0;
  for (let i = 0; i < count; i++) width += advances[line[i]!]!;
  const share = style.align === 'right' ? 1 : style.align === 'center' ? 0.5 : 0;
  const left = Math.round(x - width * share) - halo;
  const top = Math.round(y - row / 2);
  // All halos lie under all inks.
  for (let layer = 0; layer < 2; layer++) {
    let at = left;
    for (let i = 0; i < count; i++) {
      const figure = line[i]!;
      const from = figure * column;
      ctx.drawImage(image, from, layer * row, column, row, at / ratio, top / ratio, column / ratio, row / ratio);
      at += advances[figure]!;
    }
  }
}

/** After a face has loaded: what was set in another one is set anew. */
export function forgetLabels(): void {
  labels = [];
  figureSets = [];
}

/** A set for each lane's ink, in each theme and at each ratio that was met since the last face came. */
let figureSets: Figures[] = [];

function figuresOf(style: LabelStyle): Figures {
  for (let i = 0; i < figureSets.length; i++) if (isSet(figureSets[i]!, style)) return figureSets[i]!;
  const { font, size, ink, paper, ratio } = style;
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
  const set = { generation: canvasGeneration(), font, ink, paper, ratio, image, column, row, halo, advances };
  figureSets.push(set);
  return set;
}

function labelOf(text: string, style: LabelStyle): Label {
  for (let i = 0; i < labels.length; i++) {
    const known = labels[i]!;
    if (known.text === text && isSet(known, style)) return known;
  }
  if (labels.length >= MOST_LABELS) forgetLabels();
  const { font, size, ink, paper, ratio } = style;
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
  const label = { generation: canvasGeneration(), text, font, ink, paper, ratio, image, width, height };
  labels.push(label);
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
