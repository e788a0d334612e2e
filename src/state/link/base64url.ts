const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const NONE = 255;
const VALUES = new Uint8Array(128).fill(NONE);
for (let k = 0; k < 64; k++) VALUES[ALPHABET.charCodeAt(k)] = k;

/** Base64url (RFC 4648 §5) without padding: nothing in it that mail, chat or Markdown would touch. */
export function toBase64Url(bytes: Uint8Array): string {
  const pieces: string[] = [];
  let piece = '';
  for (let k = 0; k < bytes.length; k += 3) {
    const left = bytes.length - k;
    const word = (bytes[k]! << 16) | ((bytes[k + 1] ?? 0) << 8) | (bytes[k + 2] ?? 0);
    piece += ALPHABET[word >>> 18]! + ALPHABET[(word >>> 12) & 63]!;
    if (left > 1) piece += ALPHABET[(word >>> 6) & 63]!;
    if (left > 2) piece += ALPHABET[word & 63]!;
    if (piece.length >= 8192) {
      pieces.push(piece);
      piece = '';
    }
  }
  return pieces.join('') + piece;
}

/** The bytes, or null where a character is none of the alphabet or the length is impossible. */
export function fromBase64Url(text: string): Uint8Array | null {
  const tail = text.length % 4;
  if (tail === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let at = 0;
  let word = 0;
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k);
    const value = code < 128 ? VALUES[code]! : NONE;
    if (value === NONE) return null;
    word = ((word << 6) | value) & 0xffffff;
    if (k % 4 === 3) {
      bytes[at++] = word >>> 16;
      bytes[at++] = word >>> 8;
      bytes[at++] = word;
    }
  }
  if (tail === 2) bytes[at] = word >>> 4;
  if (tail === 3) {
    bytes[at++] = word >>> 10;
    bytes[at] = word >>> 2;
  }
  return bytes;
}
