const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 as zlib, gzip and PNG have it (reflected 0xEDB88320), 0 to 2³²−1. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffff_ffff) >>> 0;
}

/** Adler-32 as RFC 1950 defines it, 0 to 2³²−1. */
export function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let at = 0; at < bytes.length; ) {
    // The remainders are taken every so often: doubles are exact far beyond the sums of one stretch.
    const end = Math.min(at + 4096, bytes.length);
    for (; at < end; at++) {
      low += bytes[at]!;
      high += low;
    }
    low %= 65_521;
    high %= 65_521;
  }
  return ((high << 16) | low) >>> 0;
}

/** CRC-32 of a text of ASCII characters as 8 small hex digits, leading zeros kept. */
export function crcOfText(ascii: string): string {
  return crc32(new TextEncoder().encode(ascii)).toString(16).padStart(8, '0');
}
