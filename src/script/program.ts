import type { Diagnostic } from '../model/diagnostics.ts';
import type { Comparison, MemorySettings, Trend } from '../model/scenario.ts';
import type { Bytes } from '../model/units.ts';

/**
 * A script that has no errors, every name resolved to a slot. Plain data; running it never looks at the text again.
 * Chains are flat lists: a sum of a hundred thousand terms is long, not deep.
 */
export interface Program {
  readonly body: readonly Statement[];
  readonly seed: number;
  readonly memory: MemorySettings;
  /** Blocks, groups and arenas, as `BlockNames.names`; the kind of each name is in `nameKinds`. */
  readonly names: readonly string[];
  readonly nameKinds: readonly NameKind[];
  /** Names of numbers and counters, by slot. */
  readonly numbers: readonly string[];
  /** Bytes that each arena of the program asks for at a time, by name; 0 for names that are no arena. */
  readonly chunkBytes: readonly Bytes[];
  /** How many spots of the text draw. */
  readonly places: number;
  /** UTF-8 of the texts that writes store. */
  readonly fillTexts: readonly Uint8Array[];
  readonly expects: readonly ExpectStatement[];
  readonly warnings: readonly Diagnostic[];
}

export type NameKind = 'block' | 'group' | 'arena';

/** A range of the text, and its first line. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
}

export type Expression =
  | { readonly kind: 'number'; readonly value: number; readonly span: Span }
  | { readonly kind: 'variable'; readonly slot: number; readonly span: Span }
  | { readonly kind: 'negate'; readonly operand: Expression; readonly span: Span }
  | { readonly kind: 'chain'; readonly first: Expression; readonly rest: readonly Link[]; readonly span: Span }
  | { readonly kind: 'least' | 'most'; readonly operands: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'count'; readonly set: BlockSet; readonly span: Span }
  | { readonly kind: 'size'; readonly block: BlockReference; readonly span: Span };

export interface Link {
  readonly operator: '+' | '-' | '*' | '/' | 'mod';
  readonly operand: Expression;
  readonly span: Span;
}

/** Yes-or-no. */
export type Condition =
  | { readonly kind: 'compare'; readonly comparison: Comparison; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly operand: Condition }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Condition[] }
  | { readonly kind: 'chance'; readonly share: Share };

export type Share =
  | { readonly kind: 'percent'; readonly place: number; readonly millionths: number }
  | {
      readonly kind: 'odds';
      readonly place: number;
      readonly part: Expression;
      readonly whole: Expression;
      readonly span: Span;
    };

export type Amount = Expression | DrawnRange | OneOf;
export interface DrawnRange {
  readonly kind: 'range';
  readonly place: number;
  readonly low: Expression;
  readonly high: Expression;
  readonly skewed: boolean;
  readonly span: Span;
}
export interface OneOf {
  readonly kind: 'one-of';
  readonly place: number;
  readonly choices: readonly Choice[];
  /** Sum of the percents, in millionths: 1,000,000 when every choice has one. */
  readonly percents: number;
  /** Choices without a percent. */
  readonly plain: number;
  readonly span: Span;
}
export interface Choice {
  readonly millionths: number | null;
  readonly amount: Expression | DrawnRange;
}

export type BlockReference =
  | { readonly kind: 'block'; readonly name: number }
  | { readonly kind: 'element'; readonly name: number; readonly index: Expression };

export type BlockSet =
  | BlockReference
  | { readonly kind: 'all' }
  | { readonly kind: 'group'; readonly name: number }
  | { readonly kind: 'slice'; readonly name: number; readonly low: Expression; readonly high: Expression };

export type Target = (
  | { readonly kind: 'one'; readonly block: BlockReference }
  | { readonly kind: 'set'; readonly set: BlockSet }
  | { readonly kind: 'arena'; readonly name: number }
  | { readonly kind: 'oldest' | 'newest'; readonly count: PickCount | null; readonly set: BlockSet }
  | { readonly kind: 'random'; readonly place: number; readonly count: PickCount; readonly set: BlockSet }
  | { readonly kind: 'every'; readonly ordinal: number; readonly set: BlockSet }
) & { readonly span: Span };
export type PickCount = { readonly kind: 'percent'; readonly millionths: number } | Expression | DrawnRange;

export type Place =
  | { readonly kind: 'block'; readonly name: number }
  /** `index` null: the next free one. */
  | { readonly kind: 'element'; readonly name: number; readonly index: Expression | null };

export type Statement = StatementBody & { readonly span: Span };
export type StatementBody =
  | {
      readonly kind: 'alloc';
      readonly place: Place | null;
      readonly amount: Amount;
      /** In the order of the text: what draws first is written first. */
      readonly clauses: readonly Clause[];
    }
  | { readonly kind: 'free'; readonly targets: readonly Target[]; readonly at: Expression | null }
  | {
      readonly kind: 'realloc';
      readonly targets: readonly Target[];
      readonly to: Amount | { readonly kind: 'percent'; readonly millionths: number };
    }
  | {
      readonly kind: 'write';
      readonly targets: readonly Target[];
      readonly length: Amount | null;
      readonly at: Expression | null;
      readonly fill: Amount | { readonly kind: 'text'; readonly fill: number } | null;
    }
  | {
      readonly kind: 'read';
      readonly targets: readonly Target[];
      readonly length: Amount | null;
      readonly at: Expression | null;
    }
  | { readonly kind: 'reset'; readonly name: number }
  | { readonly kind: 'let'; readonly slot: number; readonly amount: Amount }
  | { readonly kind: 'repeat'; readonly amount: Amount; readonly slot: number | null; readonly body: Body }
  | {
      readonly kind: 'for';
      readonly slot: number;
      readonly first: Expression;
      readonly last: Expression;
      readonly step: Expression | null;
      readonly body: Body;
    }
  | {
      readonly kind: 'if';
      readonly arms: readonly { readonly condition: Condition; readonly body: Body; readonly span: Span }[];
      readonly otherwise: Body | null;
    }
  | { readonly kind: 'scope'; readonly body: Body }
  | { readonly kind: 'mark' | 'note' | 'pause'; readonly text: string }
  | ExpectBody;

export interface Body {
  readonly statements: readonly Statement[];
  /** Where the block's `}` stands: what ends with it is done there. */
  readonly end: Span;
}

export type Clause =
  | { readonly kind: 'align'; readonly value: Expression }
  | { readonly kind: 'zeroed' }
  | { readonly kind: 'in'; readonly name: number }
  | { readonly kind: 'lifetime'; readonly amount: Amount }
  | { readonly kind: 'keep'; readonly share: Share };

export interface ExpectBody {
  readonly kind: 'expect';
  /** Index into `Program.expects`. */
  readonly index: number;
  readonly text: string;
  readonly metric: string;
  readonly metricFrom: Expression | null;
  /** Null with `metricFrom` set: `open` says whether it is `(a..)` or `(a)`. */
  readonly metricTo: Expression | null;
  readonly open: boolean;
  readonly test:
    | { readonly kind: 'compare'; readonly comparison: Comparison; readonly value: ExpectValue }
    | { readonly kind: 'trend'; readonly trend: Trend; readonly since: string };
  readonly lane: string | null;
  readonly at: string | null;
}
export type ExpectStatement = ExpectBody & { readonly span: Span };
export type ExpectValue =
  | { readonly kind: 'count'; readonly value: Expression }
  /** A whole number compared with a ratio. */
  | { readonly kind: 'whole'; readonly value: Expression }
  | { readonly kind: 'ratio'; readonly millionths: number }
  | { readonly kind: 'word'; readonly word: string };
