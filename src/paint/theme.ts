/**
 * The tokens of the design as canvas needs them: the same names and values as the custom properties of the style sheet.
 * Only memory and data carry hue; `signal` means now or linked, `danger` means broken, and nothing else may use them.
 */
export interface PaintTheme {
  /** Unlike any other theme's: pictures drawn under one name are drawn anew under another. */
  readonly name: string;
  readonly ground: string;
  readonly panel: string;
  readonly field: string;
  readonly sunken: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly rule: string;
  readonly rule2: string;
  readonly ctl: string;
  readonly signal: string;
  readonly signalText: string;
  readonly signalSoft: string;
  readonly danger: string;
  readonly dangerSoft: string;
  readonly ok: string;
  readonly warn: string;
  /** Lanes A to D. */
  readonly lanes: readonly string[];
  /** Live bytes, level 0 (none) to 8 (more than 7/8). */
  readonly ramp: readonly string[];
  readonly meta: string;
  readonly slack: string;
  readonly dead: string;
  readonly fixed: string;
  readonly fixed2: string;
  /** Colours of script lines, the first five; others are `ink3`. */
  readonly sites: readonly string[];
  /** States are told apart by pattern alone: forced colours and print. */
  readonly patternsOnly: boolean;
}

export const LIGHT: PaintTheme = {
  name: 'light',
  ground: '#f0f3f3',
  panel: '#f8fbfa',
  field: '#fefffe',
  sunken: '#e6ecec',
  ink: '#131f25',
  ink2: '#424f56',
  ink3: '#616e74',
  rule: '#cbd3d3',
  rule2: '#a3adae',
  ctl: '#778386',
  signal: '#c04100',
  signalText: '#ad3a00',
  signalSoft: '#ffe1ce',
  danger: '#a70052',
  dangerSoft: '#ffdee6',
  ok: '#156f41',
  warn: '#8d5e00',
  lanes: ['#812688', '#21763c', '#4e5a62', '#8a5600'],
  ramp: ['#dee9e9', '#b3d4d7', '#8abec9', '#65a6bc', '#478eae', '#31749d', '#245b89', '#1d4272', '#172a5a'],
  meta: '#d9aa1b',
  slack: '#e1cfa5',
  dead: '#ab8ebd',
  fixed: '#8b9497',
  fixed2: '#5c6568',
  sites: ['#113375', '#3ba9ba', '#d8c65a', '#af578c', '#d4804a'],
  patternsOnly: false,
};

export const DARK: PaintTheme = {
  name: 'dark',
  ground: '#0a1316',
  panel: '#111a1e',
  field: '#060b0e',
  sunken: '#070d10',
  ink: '#e7eeef',
  ink2: '#b5c0c1',
  ink3: '#8e9b9d',
  rule: '#293337',
  rule2: '#465256',
  ctl: '#69777b',
  signal: '#fc9841',
  signalText: '#ffa659',
  signalSoft: '#4c2817',
  danger: '#fa5d9e',
  dangerSoft: '#4f152e',
  ok: '#6cd092',
  warn: '#e8be62',
  lanes: ['#de91e2', '#6fd087', '#b4c0c6', '#e1ad63'],
  ramp: ['#222a39', '#233f5d', '#17567e', '#006f97', '#0089a9', '#00a4bb', '#35bec8', '#6ed5d1', '#a1eadd'],
  meta: '#efd551',
  slack: '#69552b',
  dead: '#735586',
  fixed: '#515a5d',
  fixed2: '#7f888b',
  sites: ['#305eb7', '#66cfe1', '#ebe377', '#d472ac', '#e99355'],
  patternsOnly: false,
};

export const THEMES = { light: LIGHT, dark: DARK } as const;

/** System colours that forced colours are made of. */
export type SystemColour = 'Canvas' | 'CanvasText' | 'GrayText' | 'Highlight' | 'LinkText';

/**
 * A theme of the visitor's own colours. `resolve` gives a system colour as `rgb(…)`, as a computed style does; a canvas
 * cannot be painted with the keyword and read back.
 */
export function forcedTheme(resolve: (colour: SystemColour) => string): PaintTheme {
  const paper = resolve('Canvas');
  const ink = resolve('CanvasText');
  const grey = resolve('GrayText');
  const highlight = resolve('Highlight');
  return {
    name: `forced ${paper} ${ink} ${grey} ${highlight}`,
    ground: paper,
    panel: paper,
    field: paper,
    sunken: paper,
    ink,
    ink2: ink,
    ink3: grey,
    rule: grey,
    rule2: grey,
    ctl: ink,
    signal: highlight,
    signalText: resolve('LinkText'),
    signalSoft: paper,
    danger: ink,
    dangerSoft: paper,
    ok: ink,
    warn: ink,
    lanes: [ink, ink, ink, ink],
    // Charts have areas and strips where maps have patterns: tones of the two, so that lines on them are seen.
    ramp: TONES.map((share) => blended(paper, ink, share)),
    meta: ink,
    slack: ink,
    dead: ink,
    fixed: paper,
    fixed2: ink,
    sites: [ink, ink, ink, ink, ink],
    patternsOnly: true,
  };
}

/** Shares of ink in nine tones, as even to the eye as greys can be. */
const TONES = [0, 0.16, 0.24, 0.33, 0.43, 0.54, 0.66, 0.8, 1] as const;

function blended(paper: string, ink: string, share: number): string {
  const pixel = blendedPixel(pixelOf(paper), pixelOf(ink), share);
  return `rgb(${pixel & 255}, ${(pixel >>> 8) & 255}, ${(pixel >>> 16) & 255})`;
}

/** So much of `ink` on `paper`, byte by byte. */
export function blendedPixel(paper: number, ink: number, share: number): number {
  let pixel = 0;
  for (const shift of [0, 8, 16, 24]) {
    const [from, to] = [(paper >>> shift) & 255, (ink >>> shift) & 255];
    pixel |= Math.round(from + (to - from) * share) << shift;
  }
  return pixel >>> 0;
}

/** A colour as the four bytes of an RGBA pixel, read as one little-endian word. Takes `#rrggbb`, `rgb(…)` and `rgba(…)`. */
export function pixelOf(colour: string): number {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  const [red, green, blue] = hex
    ? hex.slice(1).map((digits) => Number.parseInt(digits, 16))
    : [...colour.matchAll(/\d+(\.\d+)?/g)].map(([digits]) => Math.round(Number(digits)));
  if (red === undefined || green === undefined || blue === undefined) throw new RangeError(`No colour: ${colour}`);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
