import { BadNumber, Decimal, Number as NumberTerm, Ordinal, Percent } from './generated/heap.terms.ts';

const NUMBER = /^(?:(?:0|[1-9](?:_?[0-9])*)[kKMG]?|0x[0-9a-fA-F]+)$/;
const DECIMAL = /^[0-9]+\.[0-9]+$/;
const PERCENT = /^[0-9]+(?:\.[0-9]+)?%$/;
const ORDINAL = /^[0-9]+(?:st|nd|rd|th)$/;

/** What a run that starts with a digit is. One that is none of the language's numbers is one bad number, never two tokens. */
export function numeral(text: string, _stack: unknown): number {
  if (NUMBER.test(text)) return NumberTerm;
  if (PERCENT.test(text)) return Percent;
  if (ORDINAL.test(text)) return Ordinal;
  if (DECIMAL.test(text)) return Decimal;
  return BadNumber;
}

const FACTORS: Readonly<Record<string, number>> = { k: 1024, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** The value of a well-formed number; beyond 2⁵³−1 it is not exact and the caller refuses it. */
export function numberValue(text: string): number {
  if (text.startsWith('0x')) return Number(text);
  const factor = FACTORS[text.at(-1)!];
  const digits = (factor ? text.slice(0, -1) : text).replaceAll('_', '');
  return Number(digits) * (factor ?? 1);
}

/**
 * `12.5` or `12.5%` in millionths, exactly; null where it has more digits than that holds or is too large.
 * A percent is a hundredth, so 1 % is 10,000 millionths.
 */
export function millionths(text: string): number | null {
  const percent = text.endsWith('%');
  const [whole, part = ''] = (percent ? text.slice(0, -1) : text).split('.');
  const places = percent ? 4 : 6;
  const digits = part.replace(/0+$/, '');
  if (digits.length > places) return null;
  const value = Number(whole + digits.padEnd(places, '0'));
  return Number.isSafeInteger(value) ? value : null;
}
