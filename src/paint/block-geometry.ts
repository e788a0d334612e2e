import { type Addr, type Bytes, type CssPx, type DevicePx, PAGE_BYTES } from '../model/units.ts';

export const PICTURE_ROWS = 64;
export const ROW_BYTES: Bytes = PAGE_BYTES / PICTURE_ROWS;

/** What of a page is drawn: so many rows of so many bytes, from an offset in it on. */
export interface PageWindow {
  readonly start: Bytes;
  readonly rows: number;
  readonly rowBytes: Bytes;
}

export const WHOLE_PAGE: PageWindow = { start: 0, rows: PICTURE_ROWS, rowBytes: ROW_BYTES };
const NEAR_ROWS = 16;
/** Bytes of a row of the nearer windows: 1 KiB, 4 KiB and 16 KiB in all. */
const NEAR_ROW_BYTES = [64, 256, 1024];

/** The nearest window that shows offsets `from` to `to` of a page. */
export function windowOf(from: Bytes, to: Bytes): PageWindow {
  for (const rowBytes of NEAR_ROW_BYTES) {
    const bytes = NEAR_ROWS * rowBytes;
    const start = from - (from % bytes);
    if (to <= start + bytes) return { start, rows: NEAR_ROWS, rowBytes };
  }
  return WHOLE_PAGE;
}

/** How a page, or a window of it, is laid out to scale in whole device pixels. */
export interface BlockGeometry extends PageWindow {
  /** Device pixels a CSS px. */
  readonly ratio: number;
  /** A hairline. */
  readonly unit: DevicePx;
  /** A row's bytes. */
  readonly width: DevicePx;
  /** From one row to the next, the paper between them included. */
  readonly pitch: DevicePx;
  readonly gap: DevicePx;
}

/** Rows that are at least so wide are a multiple of it, so that a pixel is a round number of bytes. */
const ROUND_PX = 512;
/** Rows less high than so many hairlines have no paper between them. */
const GAP_FROM = 4;

/** The largest picture of a page, or a window of it, within `width` × `height` CSS px. */
export function blockGeometry(width: CssPx, height: CssPx, ratio: number, window = WHOLE_PAGE): BlockGeometry {
  const unit = Math.max(1, Math.round(ratio));
  const room = Math.max(1, Math.floor(width * ratio));
  const pitch = Math.max(1, Math.floor((height * ratio) / window.rows));
  return {
    ...window,
    ratio,
    unit,
    width: room >= ROUND_PX ? room - (room % (ROUND_PX / 2)) : room,
    pitch,
    gap: pitch >= GAP_FROM * unit ? unit : 0,
  };
}

/** The address under a point of the picture, in CSS px from its corner. */
export function addressAt(geometry: BlockGeometry, page: number, x: CssPx, y: CssPx): Addr {
  const { ratio, width, pitch, start, rows, rowBytes } = geometry;
  const row = Math.min(rows - 1, Math.max(0, Math.floor((y * ratio) / pitch)));
  const column = Math.min(rowBytes - 1, Math.max(0, Math.floor((x * ratio * rowBytes) / width)));
  return page * PAGE_BYTES + start + row * rowBytes + column;
}

/** The first pixel of a row that a byte of it touches, and the first that it does not: never nothing. */
export const firstPixel = ({ width, rowBytes }: BlockGeometry, byte: Bytes): DevicePx =>
  Math.floor((byte * width) / rowBytes);
const endPixel = ({ width, rowBytes }: BlockGeometry, byte: Bytes): DevicePx => Math.ceil((byte * width) / rowBytes);

/** The part of a stretch of bytes on one row, in device pixels. */
export interface Strip {
  x: DevicePx;
  y: DevicePx;
  width: DevicePx;
  height: DevicePx;
  /** Does the stretch begin, and end, with it? */
  first: boolean;
  last: boolean;
}

/** Where what the picture shows of a stretch begins and ends, as offsets in the page. */
export const shownFrom = ({ start }: BlockGeometry, from: Bytes): Bytes => Math.max(from, start);
export const shownTo = ({ start, rows, rowBytes }: BlockGeometry, to: Bytes): Bytes =>
  Math.min(to, start + rows * rowBytes);

/**
 * The next strip of a stretch, offsets `from` to `to` in the page, whose bytes from `at` on, which the picture shows, are
 * still to come. Returns where to go on.
 */
export function nextStrip(geometry: BlockGeometry, from: Bytes, to: Bytes, at: Bytes, strip: Strip): Bytes {
  const { pitch, gap, start, rowBytes } = geometry;
  const row = Math.floor((at - start) / rowBytes);
  const begin = start + row * rowBytes;
  const end = Math.min(to, begin + rowBytes);
  strip.x = firstPixel(geometry, at - begin);
  strip.y = row * pitch;
  strip.width = endPixel(geometry, end - begin) - strip.x;
  strip.height = pitch - gap;
  strip.first = at === from;
  strip.last = end === to;
  return end;
}
