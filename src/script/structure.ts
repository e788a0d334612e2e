import type { Fix } from '../model/diagnostics.ts';
import { scriptStrings } from '../model/strings/script.ts';
import { commaGroups, ordinal } from './lexical.ts';
import { nearest } from './nearest.ts';
import { type Report, replace } from './report.ts';
import { statementAround, type Token } from './tokens.ts';
import { OPEN_WORDS, RESERVED, STATEMENTS, SYNONYMS, UNITS } from './words.ts';

const say = scriptStrings.syntax;
const fix = scriptStrings.fix;

/** A place where the tree is broken, seen as tokens: the statement, and the token that did not fit. */
interface Place {
  readonly tokens: readonly Token[];
  readonly start: number;
  /** Behind the statement's last token. */
  readonly end: number;
  /** The token that did not fit; `end` where the statement ended too early. */
  readonly at: number;
  readonly report: Report;
}

/** Tries to recognise one mistake; true when it said something. */
type Rule = (place: Place) => boolean;

/** Says what is wrong at `at`; `atEnd`: something is missing behind it. The first rule that recognises the mistake speaks. */
export function explain(tokens: readonly Token[], at: number, atEnd: boolean, report: Report): void {
  const { start, end } = statementAround(tokens, at);
  const place = { tokens, start, end, at: atEnd ? end : at, report };
  for (const rule of RULES) if (rule(place)) return;
}

const verbs: ReadonlySet<string> = new Set(STATEMENTS);
const clauses: ReadonlySet<string> = new Set(['align', 'zeroed', 'in', 'free', 'keep']);

const reservedName: Rule = ({ tokens, start, at, report }) => {
  const first = tokens[start]!;
  const next = tokens[start + 1]?.name;
  const before = tokens[at - 1]?.name;
  const token =
    RESERVED.has(first.text) && (next === '=' || (next === '[' && first.text !== 'all'))
      ? first
      : tokens[at] &&
          RESERVED.has(tokens[at]!.text) &&
          /^(?:let|as|for|arena|reset)$/.test(before ?? '') &&
          at - 1 >= start
        ? tokens[at]!
        : null;
  if (!token) return false;
  const better = `${token.text}1`;
  report.add('E118', token.from, token.to, say.reservedName(token.text), [
    replace(fix.write(better), token.from, token.to, better),
  ]);
  return true;
};

const capitals: Rule = ({ tokens, start, at, report }) => {
  const isName = /^[=[]$/.test(tokens[start + 1]?.name ?? '') || tokens[start + 1]?.name === 'Update';
  for (const k of isName ? [at] : [start, at, at - 1]) {
    const token = tokens[k];
    if (!token || k < start) continue;
    const small = token.text.toLowerCase();
    if (small === token.text || !(RESERVED.has(small) || OPEN_WORDS.includes(small))) continue;
    if (k === start && !verbs.has(small)) continue;
    report.add('E112', token.from, token.to, say.smallWords, [replace(fix.write(small), token.from, token.to, small)]);
    return true;
  }
  return false;
};

const missingLet: Rule = ({ tokens, start, end, report }) => {
  const hasLet = tokens[start]!.name === 'let';
  const name = tokens[hasLet ? start + 1 : start];
  const k = hasLet ? start + 2 : start + 1;
  const sign = tokens[k];
  if (name?.name !== 'Name' || !sign || k >= end) return false;
  const after = tokens[k + 1];
  const whole = { from: tokens[start]!.from, to: tokens[end - 1]!.to };
  if (sign.name === 'Update') {
    const operator = sign.text === '++' ? '+' : sign.text.slice(0, -1) === '%' ? 'mod' : sign.text[0]!;
    const insert = `let ${name.text} = ${name.text} ${operator}${sign.text === '++' ? ' 1' : ''}`;
    const gap = sign.text !== '++' && after && after.from === sign.to ? ' ' : '';
    const fixes =
      sign.text === '++' || (after && k + 1 < end)
        ? [replace(fix.write(insert), whole.from, sign.to, insert + gap)]
        : [];
    report.add('E103', whole.from, whole.to, say.startWithLet, fixes);
    return true;
  }
  if (hasLet || sign.name !== '=' || !after || k + 1 >= end || after.name === 'alloc') return false;
  if (after.name === 'Name' && tokens[k + 2] && k + 2 < end) {
    const better = SYNONYMS.get(after.text) ?? nearest(after.text, ['alloc']);
    if (better === 'alloc' || better === 'realloc') return unknownWord(after, 'alloc', report);
  }
  report.add('E103', whole.from, whole.to, say.startWithLet, [
    replace(fix.insert('let'), whole.from, whole.from, 'let '),
  ]);
  return true;
};

const missingSize: Rule = ({ tokens, start, end, at, report }) => {
  const before = tokens[at - 1];
  if (at - 1 < start || before?.name !== 'alloc') return false;
  const next = tokens[at];
  if (at < end && next && !clauses.has(next.text) && next.name !== 'realloc' && !verbs.has(next.name)) return false;
  report.add('E102', before.from, before.to, say.howManyBytes, [
    replace(fix.write('alloc 64'), before.to, before.to, ' 64'),
  ]);
  return true;
};

const lifetimeElsewhere: Rule = ({ tokens, start, end, at, report }) => {
  if (tokens[start]!.name !== 'free' || at >= end || tokens[at]!.name !== 'after') return false;
  report.add('E114', tokens[at]!.from, tokens[end - 1]!.to, say.lifetimeElsewhere);
  return true;
};

const oneEqualSign: Rule = ({ tokens, end, at, report }) => {
  const token = at < end ? tokens[at]! : null;
  if (token?.name !== '=') return false;
  report.add('E109', token.from, token.to, say.compareEqual, [replace(fix.write('=='), token.from, token.to, '==')]);
  return true;
};

const commas: Rule = ({ tokens, start, end, at, report }) => {
  if (at >= end || tokens[at]!.name !== ',' || at - 1 < start) return false;
  const found = commaGroups(tokens, at - 1);
  if (!found) return false;
  report.add('E106', found.from, found.to, found.message, found.fixes);
  return true;
};

const pointedUnit: Rule = ({ tokens, start, end, at, report }) => {
  const before = tokens[at - 1];
  const unit = at < end ? tokens[at]!.text : '';
  if (at - 1 < start || before?.name !== 'Decimal' || !(UNITS as readonly string[]).includes(unit)) return false;
  const factor = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, page: 65_536, pages: 65_536 }[unit] ?? 1;
  const better = String(Math.round(Number(before.text) * factor));
  report.add('E106', before.from, tokens[at]!.to, say.pointInNumber(before.text), [
    replace(fix.write(better), before.from, tokens[at]!.to, better),
  ]);
  return true;
};

/** `random 50% user`, `every 2 of p`, `one 70% 8, 16`, `realloc a 9`: the small word that is missing. */
const missingWord: Rule = ({ tokens, start, end, at, report }) => {
  const missing = (word: string, message: string): boolean => {
    const to = at < end ? tokens[at]!.from : tokens[end - 1]!.to;
    const from = at < end ? to : tokens[end - 1]!.to;
    const shown = at < end ? tokens[at]! : tokens[end - 1]!;
    const insert = at < end ? `${word} ` : ` ${word}`;
    report.add('E115', shown.from, shown.to, message, [replace(fix.insert(word), from, from, insert)]);
    return true;
  };
  for (let k = Math.min(at, end) - 1; k >= start && k >= at - 8; k--) {
    const { name } = tokens[k]!;
    if (name === 'of' || name === 'to') break;
    if (name === 'every') {
      const number = tokens[k + 1];
      if (at === k + 1 && number && /^[0-9]+$/.test(number.text)) {
        const better = ordinal(number.text);
        report.add('E115', number.from, number.to, say.ordinalMissing(better), [
          replace(fix.write(better), number.from, number.to, better),
        ]);
        return true;
      }
      if (at === k + 1 && (number?.name === 'of' || number?.name === 'Name')) {
        report.add('E115', number.from, number.to, say.ordinalMissing('2nd'), [
          replace(fix.insert('2nd'), number.from, number.from, number.name === 'of' ? '2nd ' : '2nd of '),
        ]);
        return true;
      }
    }
    if (name === 'one' && at === k + 1 && at < end) return missing('of', say.ofMissingChoices);
    const picks = name === 'random' || name === 'oldest' || name === 'newest' || name === 'every';
    if (picks && at < end && at > k && /^(?:Name|all)$/.test(tokens[at]!.name)) return missing('of', say.ofMissing);
    // `oldest user`: the name was taken for a count.
    if (picks && at === k + 2 && tokens[k + 1]!.name === 'Name') {
      const group = tokens[k + 1]!;
      const insert = name === 'random' ? '1 of ' : 'of ';
      report.add('E115', group.from, group.to, say.ofMissing, [
        replace(fix.insert('of'), group.from, group.from, insert),
      ]);
      return true;
    }
  }
  const isSize = at < end && /^(?:Number|Percent|Name|one|\()$/.test(tokens[at]!.name);
  if (
    tokens[start]!.name === 'realloc' &&
    at > start + 1 &&
    isSize &&
    !tokens.slice(start, at).some((t) => t.name === 'to')
  ) {
    return missing('to', say.toMissing);
  }
  return false;
};

/** `100%7`: a percent where a remainder was meant. */
const stuckPercent: Rule = ({ tokens, start, end, at, report }) => {
  if (tokens.slice(start, at).some((token) => /^(?:random|oldest|newest|one|keep|chance)$/.test(token.name)))
    return false;
  for (const k of [at, at - 1]) {
    const percent = tokens[k];
    const next = tokens[k + 1];
    if (k < start || k + 1 >= end || percent?.name !== 'Percent' || !/^(?:Number|Name|\()$/.test(next!.name)) continue;
    const better = `${percent.text.slice(0, -1)} mod`;
    const gap = percent.to === next!.from ? ' ' : '';
    report.add('E108', percent.from, percent.to, say.remainder, [
      replace(fix.write(better), percent.from, percent.to, better + gap),
    ]);
    return true;
  }
  return false;
};

const secondStatement: Rule = ({ tokens, start, end, at, report }) => {
  for (const k of [at, at - 1]) {
    const token = k < end ? tokens[k] : undefined;
    const before = tokens[k - 1];
    if (
      !token ||
      !before ||
      (k <= start && before.name !== '}') ||
      token.first ||
      before.name === ';' ||
      before.name === '{'
    )
      continue;
    const assigns = token.name === 'Name' && /^[=[]$/.test(tokens[k + 1]?.name ?? '');
    if (!verbs.has(token.name) && !(assigns && k === at)) continue;
    if (token.name === 'for' && tokens[start]!.name === 'expect') continue;
    // `free` may begin a lifetime: then it is not a statement.
    if (k === at - 1 && (token.name !== 'free' || tokens[at]!.name === 'after')) continue;
    report.add('E116', token.from, token.to, say.newStatement(token.text), [
      replace(fix.separate, before.to, token.from, '; '),
    ]);
    return true;
  }
  return false;
};

const misspelt: Rule = ({ tokens, start, end, at, report }) => {
  const first = tokens[start]!;
  if (first.name === 'Name' && !/^[=[]$/.test(tokens[start + 1]?.name ?? '')) {
    return unknownWord(first, SYNONYMS.get(first.text) ?? nearest(first.text, STATEMENTS), report);
  }
  const token = at < end ? tokens[at]! : null;
  if (token?.name !== 'Name') return false;
  const known = [...OPEN_WORDS, ...RESERVED, ...UNITS];
  return unknownWord(token, SYNONYMS.get(token.text) ?? nearest(token.text, known), report);
};

function unknownWord(token: Token, better: string | null, report: Report): boolean {
  const { from, to, text } = token;
  const fixes: Fix[] =
    better === null ? [] : [replace(better === '' ? fix.remove(text) : fix.write(better), from, to, better)];
  report.add('E101', from, to, say.unknownWord(text, better === '' ? null : better), fixes);
  return true;
}

/** `free(a)`: a verb is no function. */
const verbWithBrackets: Rule = ({ tokens, start, end, at, report }) => {
  const open = at < end ? tokens[at]! : null;
  const last = tokens[end - 1]!;
  if (open?.name !== '(' || at !== start + 1 || last.name !== ')') return false;
  const gap = open.from === tokens[start]!.to ? ' ' : '';
  const label = `${tokens[start]!.text} …`;
  report.add('E100', open.from, open.to, say.unexpected('('), [
    {
      label: fix.write(label),
      edits: [
        { from: open.from, to: open.to, insert: gap },
        { from: last.from, to: last.to, insert: '' },
      ],
    },
  ]);
  return true;
};

const anythingElse: Rule = ({ tokens, end, at, report }) => {
  const token = tokens[at];
  if (at < end && token) {
    report.add('E100', token.from, token.to, say.unexpected(token.text));
    return true;
  }
  const last = tokens[end - 1]!;
  const next = tokens[end];
  const shown = next && !next.first ? next : null;
  report.add(
    'E100',
    shown?.from ?? last.to,
    shown?.to ?? last.to,
    shown ? say.unexpected(shown.text) : say.unexpectedEnd,
  );
  return true;
};

const RULES: readonly Rule[] = [
  reservedName,
  capitals,
  missingLet,
  missingSize,
  lifetimeElsewhere,
  commas,
  pointedUnit,
  missingWord,
  stuckPercent,
  oneEqualSign,
  secondStatement,
  misspelt,
  verbWithBrackets,
  anythingElse,
];
