import { GutterMarker } from '@codemirror/view';
import type { Bytes, CssPx } from '../../model/units.ts';

const FULL_BAR: CssPx = 30;
/** The least that is still seen: a line that holds one byte is not one that holds none. */
const LEAST_BAR: CssPx = 2;

/**
 * The bars of the lines in view: live bytes by line of the text that ran, from 1. They are sized in place: bytes change
 * with every position, and the editor's state has no part in them.
 */
export class LineBars {
  private readonly shown = new Map<HTMLElement, { readonly line: number; width: CssPx }>();
  private bytes: Float64Array | null = null;
  private full: Bytes = 1;
  private sites: readonly number[] | null = null;

  /**
   * `full`: bytes of a bar of full length. The array is read again until the next call. `sites`: lines whose bars take the
   * colours of lines, the others that of other lines; null where maps are coloured by something else.
   */
  set(bytes: Float64Array | null, full: Bytes, sites: readonly number[] | null): void {
    this.bytes = bytes;
    this.full = full;
    const recolour = sites !== this.sites;
    this.sites = sites;
    for (const element of this.shown.keys()) {
      this.size(element);
      if (recolour) this.colour(element);
    }
  }

  of(line: number): Bytes {
    return this.bytes?.[line] ?? 0;
  }

  add(line: number): HTMLElement {
    const element = document.createElement('div');
    element.className = 'script-bar';
    this.shown.set(element, { line, width: -1 });
    this.size(element);
    this.colour(element);
    return element;
  }

  remove(element: HTMLElement): void {
    this.shown.delete(element);
  }

  private colour(element: HTMLElement): void {
    if (this.sites === null) delete element.dataset.site;
    else element.dataset.site = String(this.sites.indexOf(this.shown.get(element)!.line) + 1);
  }

  private size(element: HTMLElement): void {
    const bar = this.shown.get(element)!;
    const bytes = this.of(bar.line);
    const share = Math.round((FULL_BAR * bytes) / this.full);
    const width = bytes <= 0 || this.full <= 0 ? 0 : Math.max(LEAST_BAR, Math.min(FULL_BAR, share));
    if (width === bar.width) return;
    bar.width = width;
    element.style.inlineSize = `${width}px`;
  }
}

/** The bar of one line. */
export class Bar extends GutterMarker {
  constructor(
    private readonly bars: LineBars,
    private readonly line: number,
  ) {
    super();
  }

  override eq(other: GutterMarker): boolean {
    return other instanceof Bar && other.line === this.line;
  }

  override toDOM(): HTMLElement {
    return this.bars.add(this.line);
  }

  override destroy(dom: Node): void {
    this.bars.remove(dom as HTMLElement);
  }
}
