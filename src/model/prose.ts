/**
 * The markup of lessons, small enough to be read as it stands:
 *
 * | text | what |
 * |---|---|
 * | `[words](action)` | words that move a real control (`lesson-actions.ts`) |
 * | `{901 KiB\|free for wee at "full"}` | a number, and the proof that a test holds against the engine |
 * | `{A.free}` | a number of lane A, measured live at the playhead |
 * | `**words**` | what matters; may hold numbers |
 * | `` `alloc 64` `` | a piece of script |
 *
 * Digits are grouped by commas here and by narrow blanks on the page.
 *
 * A proof is `METRIC for LANE [at "MARK"]`, or several joined by ` + `, ` - ` or ` / ` and taken from left to right.
 */
export type ProsePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly parts: readonly ProsePart[] }
  | { readonly kind: 'act'; readonly words: string; readonly action: string }
  | { readonly kind: 'proven'; readonly text: string; readonly proof: string }
  | { readonly kind: 'live'; readonly lane: string; readonly metric: string };

const MARKUP =
  /\[([^\]]+)\]\(([^)]+)\)|\{([^}|]+)\|([^}]+)\}|\{([A-D])\.([a-z0-9_]+)\}|`([^`]+)`|\*\*((?:[^*]|\*(?!\*))+)\*\*/g;

export function parseProse(source: string): ProsePart[] {
  const text = source.replace(/(\d),(?=\d{3})/g, '$1\u202f');
  const parts: ProsePart[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKUP)) {
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    end = match.index + match[0].length;
    const [, words, action, number, proof, lane, metric, code, strong] = match;
    if (words !== undefined) parts.push({ kind: 'act', words, action: action! });
    else if (number !== undefined) parts.push({ kind: 'proven', text: number, proof: proof! });
    else if (lane !== undefined) parts.push({ kind: 'live', lane, metric: metric! });
    else if (code !== undefined) parts.push({ kind: 'code', text: code });
    else parts.push({ kind: 'strong', parts: parseProse(strong!) });
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

/** All parts, those inside of others too. */
export function flatProse(parts: readonly ProsePart[]): ProsePart[] {
  return parts.flatMap((part) => (part.kind === 'strong' ? flatProse(part.parts) : [part]));
}

export interface ProofTerm {
  readonly sign: '+' | '-' | '/';
  /** `free`, `holes(400..500)`. */
  readonly metric: string;
  readonly lane: string;
  readonly mark: string | null;
}

/** The terms of a proof, or null where it is none. */
export function parseProof(text: string): ProofTerm[] | null {
  const terms: ProofTerm[] = [];
  const pieces = text.split(/ ([+/-]) /);
  for (let i = 0; i < pieces.length; i += 2) {
    const match = /^([a-z0-9_]+(?:\([^)]*\))?) for ([a-z-]+)(?: at "([^"]+)")?$/.exec(pieces[i]!.trim());
    if (match === null) return null;
    const sign = (i === 0 ? '+' : pieces[i - 1]) as ProofTerm['sign'];
    terms.push({ sign, metric: match[1]!, lane: match[2]!, mark: match[3] ?? null });
  }
  return terms;
}
