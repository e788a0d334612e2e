/**
 * A canvas context that writes SVG: what chart painters use of one, so that a chart is drawn by the same code on the
 * screen and into a file. Numbers are rounded to a hundredth of a pixel. Nothing else of a canvas is there.
 */
export class SvgContext {
  fillStyle = '#000000';
  strokeStyle = '#000000';
  lineWidth = 1;
  lineJoin = 'miter';
  font = '11px sans-serif';
  textAlign: 'left' | 'right' | 'center' = 'left';
  textBaseline: 'alphabetic' | 'middle' = 'alphabetic';
  globalAlpha = 1;
  private readonly parts: string[] = [];
  private path = '';
  private dash: readonly number[] = [];
  private readonly stack: number[] = [];
  private clips = 0;
  private open = 0;
  private readonly width: number;
  private readonly height: number;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }

  /** The picture, with a name for those who do not see it, on `paper`. */
  svg(title: string, paper: string): string {
    const { height } = this;
    // Another face may be wider than ours: labels that end at an axis get room.
    const width = this.width + ROOM;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-ROOM} 0 ${width} ${height}" role="img">`,
      `<title>${escaped(title)}</title>`,
      `<rect x="${-ROOM}" width="${width}" height="${height}" fill="${escaped(paper)}"/>`,
      ...this.parts,
      '</g>'.repeat(this.open),
      '</svg>\n',
    ].join('\n');
  }

  /** Nothing is under what is drawn: the paper is the file's own. */
  clearRect(): void {}

  fillRect(x: number, y: number, width: number, height: number): void {
    if (width === 0 || height === 0) return;
    this.parts.push(
      `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"${this.filled()}/>`,
    );
  }

  beginPath(): void {
    this.path = '';
  }

  moveTo(x: number, y: number): void {
    this.path += `M${short(x)} ${short(y)}`;
  }

  lineTo(x: number, y: number): void {
    this.path += `${this.path === '' ? 'M' : 'L'}${short(x)} ${short(y)}`;
  }

  closePath(): void {
    this.path += 'Z';
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
  }

  /** Whole circles only: charts draw no other arcs. */
  arc(x: number, y: number, radius: number): void {
    const r = short(radius);
    this.path += `M${short(x - radius)} ${short(y)}a${r} ${r} 0 1 0 ${short(2 * radius)} 0a${r} ${r} 0 1 0 ${short(-2 * radius)} 0`;
  }

  fill(): void {
    if (this.path !== '') this.parts.push(`<path d="${this.path}"${this.filled()}/>`);
  }

  stroke(): void {
    if (this.path === '') return;
    const dash = this.dash.length === 0 ? '' : ` stroke-dasharray="${this.dash.join(' ')}"`;
    this.parts.push(
      `<path d="${this.path}" fill="none" stroke="${escaped(this.strokeStyle)}" stroke-width="${short(this.lineWidth)}"${dash}/>`,
    );
  }

  clip(): void {
    const id = `clip${++this.clips}`;
    this.parts.push(`<clipPath id="${id}"><path d="${this.path}"/></clipPath><g clip-path="url(#${id})">`);
    this.open++;
  }

  save(): void {
    this.stack.push(this.open);
  }

  restore(): void {
    const was = this.stack.pop() ?? 0;
    this.parts.push('</g>'.repeat(this.open - was));
    this.open = was;
  }

  setLineDash(dash: readonly number[]): void {
    this.dash = dash;
  }

  fillText(text: string, x: number, y: number): void {
    const anchor = { left: 'start', right: 'end', center: 'middle' }[this.textAlign];
    const baseline = this.textBaseline === 'middle' ? ' dominant-baseline="central"' : '';
    this.parts.push(
      `<text x="${short(x)}" y="${short(y)}" text-anchor="${anchor}"${baseline}${fontOf(this.font)}${this.filled()}>${escaped(text)}</text>`,
    );
  }

  /** Half an em a letter: near enough to keep labels apart. */
  measureText(text: string): { readonly width: number } {
    return { width: text.length * sizeOf(this.font) * 0.5 };
  }

  private filled(): string {
    const alpha = this.globalAlpha === 1 ? '' : ` fill-opacity="${this.globalAlpha}"`;
    return ` fill="${escaped(this.fillStyle)}"${alpha}`;
  }
}

const ROOM = 12;

const short = (value: number) => String(Math.round(value * 100) / 100);

const sizeOf = (font: string) => Number(/(\d+(?:\.\d+)?)px/.exec(font)?.[1] ?? 11);

/** A canvas font as attributes: a viewer that lacks the face takes its own. */
function fontOf(font: string): string {
  const weight = /^(\d+) /.exec(font)?.[1];
  return ` font-family="Archivo, Helvetica, Arial, sans-serif" font-size="${sizeOf(font)}"${weight === undefined ? '' : ` font-weight="${weight}"`}`;
}

function escaped(text: string): string {
  return text.replace(/[<>&"]/g, (sign) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[sign] as string);
}
