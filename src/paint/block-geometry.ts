import { type Addr, type Bytes, type CssPx, type DevicePx, PAGE_BYTES } from '../model/units.ts';

export const PICTURE_ROWS = 64;
export const ROW_BYTES: Bytes = PAGE_BYTES / PICTURE_ROWS;

/** How a page is laid out to scale: 64 rows of 1 KiB, in whole device pixels. */
export interface BlockGeometry {
  /** Device pixels a CSS px. */
  readonly ratio: number;
  /** A hairline. */
  readonly unit: DevicePx;
  /** A row's 1,024 bytes. */
  readonly width: DevicePx;
  /** From one row to the next, the paper between them included. */
  readonly pitch: DevicePx;
  readonly gap: DevicePx;
}

/** Rows that are at least so wide are a multiple of it, so that a pixel is a round number of bytes. */
const ROUND_PX = 512;
/** Rows less high than so many hairlines have no paper between them. */
const GAP_FROM = 4;

/** The largest picture of a page within `width` × `height` CSS px. */
export function blockGeometry(width: CssPx, height: CssPx, ratio: number): BlockGeometry {
  const unit = Math.max(1, Math.round(ratio));
  const room = Math.max(1, Math.floor(width * ratio));
  const pitch = Math.max(1, Math.floor((height * ratio) / PICTURE_ROWS));
  return {
    ratio,
    unit,
    width: room >= ROUND_PX ? room - (room % (ROUND_PX / 2)) : room,
    pitch,
    gap: pitch >= GAP_FROM * unit ? unit : 0,
  };
}

/** The address under a point of the picture, in CSS px from its corner. */
export function addressAt({ ratio, width, pitch }: BlockGeometry, page: number, x: CssPx, y: CssPx): Addr {
  const row = Math.min(PICTURE_ROWS - 1, Math.max(0, Math.floor((y * ratio) / pitch)));
  const column = Math.min(ROW_BYTES - 1, Math.max(0, Math.floor((x * ratio * ROW_BYTES) / width)));
  return page * PAGE_BYTES + row * ROW_BYTES + column;
}

/** The first pixel of a row that a byte touches, and the first that it does not: never nothing. */
export const firstPixel = (width: DevicePx, byte: Bytes): DevicePx => Math.floor((byte * width) / ROW_BYTES);
export const endPixel = (width: DevicePx, byte: Bytes): DevicePx => Math.ceil((byte * width) / ROW_BYTES);

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

/**
 * The next strip of a stretch, offsets `from` to `to` in the page, whose bytes from `at` on are still to come. Returns where
 * to go on; `to` when it was the last.
 */
export function nextStrip(geometry: BlockGeometry, from: Bytes, to: Bytes, at: Bytes, strip: Strip): Bytes {
  const { width, pitch, gap } = geometry;
  const row = Math.floor(at / ROW_BYTES);
  const end = Math.min(to, (row + 1) * ROW_BYTES);
  const begin = row * ROW_BYTES;
  strip.x = firstPixel(width, at - begin);
  strip.y = row * pitch;
  strip.width = endPixel(width, end - begin) - strip.x;
  strip.height = pitch - gap;
  strip.first = at === from;
  strip.last = end === to;
  return end;
}
