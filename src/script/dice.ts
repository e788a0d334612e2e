/**
 * The dice of one place of the text: Chris Doty-Humphrey's sfc32 on 32-bit words, started with a = seed, b = place, c = 1,
 * d = 1 and 15 outputs thrown away. The language fixes it to the bit.
 */
export class Dice {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(a: number, b: number, c = 1, d = 1, skip = 15) {
    this.a = a | 0;
    this.b = b | 0;
    this.c = c | 0;
    this.d = d | 0;
    for (let k = 0; k < skip; k++) this.next();
  }

  /** The next output, 0 to 2³²−1. */
  next(): number {
    const t = (this.a + this.b + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0;
    return t >>> 0;
  }

  /** S(n) = ⌊u·n / 2³²⌋ of the next output u, exactly. n is 1 to 2³⁷. */
  below(n: number): number {
    const u = this.next();
    return Math.floor(((u >>> 16) * n + Math.floor(((u & 65_535) * n) / 65_536)) / 65_536);
  }

  /** `low..high`: every value as likely. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** `low..high mostly small`: every doubling as likely. 1 ≤ low ≤ high < 2³². */
  skewed(low: number, high: number): number {
    const start = logarithm(low);
    const q = start + this.below(logarithm(high + 1) - start);
    const k = Math.floor(q / TWO_32);
    return 2 ** k + Math.floor((q % TWO_32) / 2 ** (32 - k));
  }
}

const TWO_32 = 2 ** 32;

/** log₂ x in steps of 2⁻³², straight between the powers of two, so that it is exact. 1 ≤ x ≤ 2³². */
function logarithm(x: number): number {
  const k = x === TWO_32 ? 32 : 31 - Math.clz32(x);
  return k * TWO_32 + (x - 2 ** k) * 2 ** (32 - k);
}
