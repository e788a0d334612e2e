import { Inflate, zlibSync } from 'fflate';
import { LIMITS } from '../../model/units.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { adler32 } from './checksums.ts';
import { DICTIONARY_1 } from './dictionary-1.ts';

/**
 * A script as the DATA of a link: UTF-8, zlib (RFC 1950) with preset dictionary 1, base64url. zlib and not raw deflate:
 * its header names the dictionary and its Adler-32 tells damage, most of which raw deflate takes for another text.
 */

/** Bytes fed to the decompressor at a time: deflate makes at most 1,032 bytes of one, so a bomb stops within a megabyte. */
const SLICE = 1024;
const HEAD = 6;
const TAIL = 4;
/** In the zlib header's second byte: a dictionary's checksum follows. */
const HAS_DICTIONARY = 0x20;

const DICTIONARY = new TextEncoder().encode(DICTIONARY_1);
const DICTIONARY_ADLER = adler32(DICTIONARY);

/** The same text gives the same characters; null where it is beyond the language's 1 MiB and could not be unpacked. */
export function packText(text: string): string | null {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > LIMITS.scriptBytes) return null;
  return toBase64Url(zlibSync(bytes, { level: 9, dictionary: DICTIONARY }));
}

/** The text, or null where this is not exactly what `packText` would take for a text of at most 1 MiB. */
export function unpackText(data: string): string | null {
  const packed = fromBase64Url(data);
  if (packed === null || packed.length <= HEAD + TAIL) return null;
  const view = new DataView(packed.buffer);
  const head = view.getUint16(0);
  if ((head & 0x0f00) !== 0x0800 || head % 31 !== 0 || (head & HAS_DICTIONARY) === 0) return null;
  if (view.getUint32(2) !== DICTIONARY_ADLER) return null;
  const bytes = inflateBounded(packed.subarray(HEAD, packed.length - TAIL), LIMITS.scriptBytes);
  if (bytes === null || adler32(bytes) !== view.getUint32(packed.length - TAIL)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Raw deflate to at most `limit` bytes, null beyond or on a broken stream. One call with an output buffer of `limit`
 * bytes would be shorter, but the library then stops at the buffer's end without a word.
 */
function inflateBounded(deflated: Uint8Array, limit: number): Uint8Array | null {
  const slices: Uint8Array[] = [];
  let length = 0;
  const stream = new Inflate({ dictionary: DICTIONARY }, (slice) => {
    slices.push(slice);
    length += slice.length;
  });
  try {
    for (let at = 0; at < deflated.length && length <= limit; at += SLICE) {
      stream.push(deflated.subarray(at, at + SLICE), at + SLICE >= deflated.length);
    }
  } catch {
    return null;
  }
  if (length > limit) return null;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const slice of slices) {
    bytes.set(slice, at);
    at += slice.length;
  }
  return bytes;
}
