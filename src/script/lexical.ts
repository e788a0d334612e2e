import type { Fix } from '../model/diagnostics.ts';
import { scriptStrings } from '../model/strings/script.ts';
import { Number as NumberTerm } from './generated/heap.terms.ts';
import { LANGUAGE_LIMITS } from './limits.ts';
import { textValue } from './names.ts';
import { numeral } from './numerals.ts';
import { type Report, replace } from './report.ts';
import { FAR, type Token } from './tokens.ts';

const say = scriptStrings.syntax;
const fix = scriptStrings.fix;

/** Mistakes that one token shows by itself: bad numbers and texts, signs of other languages, what is too long. */
export function lexicalMistakes(source: string, tokens: readonly Token[], odd: readonly Token[], report: Report): void {
  for (let k = 0; k < tokens.length && !report.full; k++) {
    const token = tokens[k]!;
    switch (token.name) {
      case 'BadNumber':
        badNumber(tokens, k, report);
        break;
      case 'Name':
        name(tokens, k, report);
        break;
      case 'Text':
        text(token, report);
        break;
      case 'BadText':
        badText(token, report);
        break;
      case 'BadAnd':
        word(source, token, 'and', 'E116', say.wordOperators, report);
        break;
      case 'BadOr':
        word(source, token, 'or', 'E116', say.wordOperators, report);
        break;
      case 'BadNot':
        word(source, token, 'not', 'E116', say.wordOperators, report);
        break;
      case 'PercentSign':
        word(source, token, 'mod', 'E108', say.remainder, report);
        break;
      case 'Colon':
        colon(source, tokens, k, report);
        break;
    }
  }
  for (let k = 0; k < odd.length && !report.full; k++) {
    const token = odd[k]!;
    if (token.name === 'SlashComment') {
      report.add('E111', token.from, token.to, say.commentSign, [
        replace(fix.write('#'), token.from, token.from + 2, '#'),
      ]);
      continue;
    }
    let end = k;
    while (odd[end + 1]?.name === 'Stray' && odd[end + 1]!.from === odd[end]!.to) end++;
    stray(source.slice(token.from, odd[end]!.to), token.from, report);
    k = end;
  }
}

/** Puts a word in place of a sign, with blanks where it would stick to its neighbours. */
function word(source: string, token: Token, better: string, code: string, message: string, report: Report): void {
  const before = token.from > 0 && !/\s/.test(source[token.from - 1]!) ? ' ' : '';
  const after = token.to < source.length && !/\s/.test(source[token.to]!) ? ' ' : '';
  report.add(code, token.from, token.to, message, [
    replace(fix.write(better), token.from, token.to, `${before}${better}${after}`),
  ]);
}

const GLUED = /^([0-9][0-9_]*)(?:(kib|kb|k)|(mib|mb|m)|(gib|gb|g)|(bytes?|b)|(pages?))$/i;
const POINTED = /^([0-9]+)\.([0-9]+)([kKMG]?)$/;
const EXPONENT = /^[0-9]+(?:\.[0-9]+)?e[0-9]{1,2}$/i;

function badNumber(tokens: readonly Token[], k: number, report: Report): void {
  const { text: bad, from, to } = tokens[k]!;
  const grouped = commaGroups(tokens, k);
  if (grouped) {
    report.add('E106', grouped.from, grouped.to, grouped.message, grouped.fixes);
    return;
  }
  const [better, message] = betterNumber(bad);
  const fixes = better === null || !isNumber(better) ? [] : [replace(fix.write(better), from, to, better)];
  report.add('E106', from, to, message, fixes);
}

function isNumber(text: string): boolean {
  return numeral(text.split(' ')[0]!, null) === NumberTerm;
}

/** What was probably meant by a bad number, and what to say about it. */
function betterNumber(bad: string): [string | null, string] {
  const bare = bad.replace(/^0+(?=[0-9])/, '');
  const glued = GLUED.exec(bare);
  if (glued && !isNumber(bare)) {
    const [, digits, kilo, mega, giga, bytes] = glued;
    const unit = kilo ? 'KiB' : mega ? 'MiB' : giga ? 'GiB' : bytes ? 'bytes' : 'pages';
    return [`${digits} ${unit}`, say.sizeGlued(bad)];
  }
  const pointed = POINTED.exec(bad);
  if (pointed) {
    const factor = { k: 1024, K: 1024, M: 1024 ** 2, G: 1024 ** 3 }[pointed[3]!] ?? 1;
    return [String(Math.round(Number(`${pointed[1]}.${pointed[2]}`) * factor)), say.pointInNumber(bad)];
  }
  if (EXPONENT.test(bad)) {
    const value = Number(bad);
    return [Number.isSafeInteger(value) ? String(value) : null, say.exponent(bad)];
  }
  if (bare !== bad && isNumber(bare)) return [bare, say.leadingZero(bad)];
  return [bare.replaceAll('_', ''), say.badNumber(bad)];
}

/** `85,196` read as one number: the token `k` and its neighbours without blanks between, in groups of three digits. */
export function commaGroups(tokens: readonly Token[], k: number) {
  const touches = (j: number) => tokens[j] && tokens[j + 1] && tokens[j]!.to === tokens[j + 1]!.from;
  let start = k;
  while (start >= 2 && start > k - FAR && tokens[start - 1]!.name === ',' && touches(start - 1) && touches(start - 2))
    start -= 2;
  let end = start;
  while (
    end < k + FAR &&
    tokens[end + 1]?.name === ',' &&
    touches(end) &&
    touches(end + 1) &&
    /^[0-9]{3}$/.test(tokens[end + 2]!.text)
  ) {
    end += 2;
  }
  if (end === start || end < k || !/^[1-9][0-9]{0,2}$/.test(tokens[start]!.text)) return null;
  const { from } = tokens[start]!;
  const { to } = tokens[end]!;
  const parts: string[] = [];
  for (let j = start; j <= end; j += 2) parts.push(tokens[j]!.text);
  const better = parts.join('_');
  return {
    from,
    to,
    message: say.commaInNumber(parts.join(',')),
    fixes: [replace(fix.write(better), from, to, better)],
  };
}

const BAD_UNIT = /^([kmg])i?b$/i;

function name(tokens: readonly Token[], k: number, report: Report): void {
  const { text: own, from, to } = tokens[k]!;
  const before = tokens[k - 1];
  const unit = before && /^(?:Number|Decimal)$/.test(before.name) && !tokens[k]!.first ? BAD_UNIT.exec(own) : null;
  if (unit && !['KiB', 'MiB', 'GiB'].includes(own)) {
    const better = `${unit[1]!.toUpperCase()}iB`;
    report.add('E107', from, to, say.binaryUnits, [replace(fix.write(better), from, to, better)]);
  } else if (own.length > LANGUAGE_LIMITS.nameLetters) {
    report.add('E119', from, to, say.nameTooLong(LANGUAGE_LIMITS.nameLetters));
  }
}

// Control characters, and those that turn the direction of writing or cannot be seen.
const HIDDEN = /[\p{Cc}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069]/u;

function text(token: Token, report: Report): void {
  const hidden = HIDDEN.exec(token.text);
  if (hidden) {
    const clean = token.text.replace(new RegExp(HIDDEN, 'gu'), '');
    const fixes = [replace(fix.remove(codePoint(hidden[0])), token.from, token.to, clean)];
    report.add('E110', token.from, token.to, say.hiddenSign(codePoint(hidden[0])), fixes);
  } else if ([...textValue(token.text)].length > LANGUAGE_LIMITS.textCharacters) {
    const fixes: Fix[] = [];
    report.add('E119', token.from, token.to, say.textTooLong(LANGUAGE_LIMITS.textCharacters), fixes);
  }
}

function badText(token: Token, report: Report): void {
  const { text: bad, from, to } = token;
  const closed = bad.length > 1 && /["'`\u2018\u2019\u201c\u201d\u201e\u201f\u00ab\u00bb]$/.test(bad);
  const inner = bad.slice(1, closed ? -1 : undefined);
  const straight = bad.startsWith('"');
  const escaped = straight ? inner.replace(/\\(?!["\\])/g, '\\\\') : inner.replace(/["\\]/g, '\\$&');
  const better = `"${escaped.replace(new RegExp(HIDDEN, 'gu'), '').trimEnd()}"`;
  const backslash = straight && closed && escaped !== inner;
  const fixes = [replace(backslash ? fix.write(better) : fix.straightQuotes, from, to, better)];
  report.add('E110', from, to, backslash ? say.backslash : say.straightText, fixes);
}

/** `p[0:9]`, `p[::2]`: what stands in the brackets round the colon, rewritten; said once for all of its colons. */
function colon(source: string, tokens: readonly Token[], k: number, report: Report): void {
  const { from, to } = tokens[k]!;
  let open = k;
  while (open > Math.max(0, k - FAR) && tokens[open]!.name !== '[' && !tokens[open]!.first) open--;
  let close = k;
  while (close < Math.min(tokens.length - 1, k + FAR) && tokens[close]!.name !== ']' && !tokens[close + 1]!.first)
    close++;
  const group = tokens[open - 1];
  if (tokens[open]!.name !== '[' || tokens[close]!.name !== ']' || group?.name !== 'Name') {
    report.add('E100', from, to, say.unexpected(':'));
    return;
  }
  const colons: number[] = [];
  for (let j = open; j < close; j++) if (tokens[j]!.name === 'Colon') colons.push(j);
  if (colons[0] !== k) return;
  const inside = source.slice(tokens[open]!.to, tokens[close]!.from);
  const [low = '', high = '', step = ''] = inside.split(':').map((part) => part.trim());
  const slice = high === '' ? null : `${group.text}[${low === '' ? '0' : low}..${lessOne(high)}]`;
  const whole = low === '' && high === '' ? group.text : slice;
  const better = whole === null || (step !== '' && !/^[1-9][0-9]*$/.test(step)) ? null : everySo(step, whole);
  const fixes = better === null ? [] : [replace(fix.write(better), group.from, tokens[close]!.to, better)];
  report.add('E113', group.from, tokens[close]!.to, say.colons, fixes);
}

function everySo(step: string, whole: string): string {
  return step === '' || step === '1' ? whole : `every ${ordinal(step)} of ${whole}`;
}

/** The end of a slice with colons is left out, that of `..` is not. */
function lessOne(high: string): string {
  return /^[0-9]+$/.test(high) ? String(Math.max(0, Number(high) - 1)) : `${high} - 1`;
}

/** `2` as `2nd`. */
export function ordinal(digits: string): string {
  const teens = /1[0-9]$/.test(digits);
  const ending = teens ? 'th' : ({ '1': 'st', '2': 'nd', '3': 'rd' }[digits.at(-1)!] ?? 'th');
  return `${digits}${ending}`;
}

const SIGNS: ReadonlyMap<string, string> = new Map([
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '!='],
  ['×', '*'],
  ['·', '*'],
  ['÷', '/'],
  ['−', '-'],
  ['–', '-'],
  ['—', '-'],
  ['…', '..'],
  ['＝', '='],
]);

function stray(run: string, from: number, report: Report): void {
  const to = from + run.length;
  if (/^[!-~]/.test(run)) {
    report.add('E100', from, to, say.unexpected(run));
    return;
  }
  const plain = [...run.normalize('NFKD')].map((sign) => SIGNS.get(sign) ?? sign.replace(/\p{M}/u, '')).join('');
  const better = SIGNS.get(run) ?? (/^[ -~]*$/.test(plain) ? plain : '');
  const fixes = [replace(better === '' ? fix.remove(run) : fix.write(better), from, to, better)];
  report.add('E117', from, to, say.noMeaning(codePoint(run)), fixes);
}

/** The first character of a text as `U+FF11`. */
function codePoint(text: string): string {
  return `U+${text.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
