import type { Pages } from './units.ts';

/**
 * A lesson is data: what is read, what runs, where the playhead stands, what is asked. Its texts are prose in the markup of
 * `prose.ts`; whatever they name (lines, marks, lanes, numbers) is held against the engine by `src/lessons/lessons.test.ts`.
 */
export interface Lesson {
  /** In links: small words parted by hyphens. Never changes. */
  readonly id: string;
  readonly title: string;
  /** What one can do afterwards, in a sentence. */
  readonly about: string;
  readonly minutes: number;
  readonly steps: readonly Step[];
  /** Titles, and where each is found. */
  readonly sources: readonly string[];
}

export interface Step {
  readonly title: string;
  readonly prose: readonly string[];
  /** The scenario that runs; left out: that of the step before. */
  readonly script?: string;
  /** Canonical lane names, one to four; left out: those of the step before. */
  readonly lanes?: readonly string[];
  /** Where the playhead stands when the step begins (`placeOf`); left out: at the end. */
  readonly at?: string;
  /** What is set beside (`actionOf`): a selection, a focus, colours. */
  readonly set?: readonly string[];
  /** Metrics of the table beside the script, at the playhead; left out: those of the step before. */
  readonly show?: readonly string[];
  readonly predict?: Prediction;
  /** What is read after the reveal. */
  readonly after?: readonly string[];
  readonly challenge?: Challenge;
}

/** Locked in before the reveal; the future of every chart is covered from the step's place to `until`, the end where left out. */
export type Prediction = {
  readonly question: string;
  readonly until?: string;
  /** Letter of the lane that it is about, whose line a guess sets out from; A where left out. */
  readonly lane?: string;
} & (
  | {
      readonly kind: 'choice';
      readonly options: readonly ChoiceOption[];
    }
  | {
      readonly kind: 'number';
      readonly unit: 'pages' | 'blocks' | 'bytes' | 'steps' | 'times' | 'holes';
      readonly least: number;
      readonly most: number;
      readonly answer: number;
      /** What the answer is, as a proof of `prose.ts`. */
      readonly proof: string;
    }
  | {
      /** The pages of the lane, drawn on the timeline. */
      readonly kind: 'curve';
      readonly most: Pages;
    }
);

export interface ChoiceOption {
  readonly text: string;
  /** An `expect` line without the word: it holds for one option alone, and that is the answer. */
  readonly when: string;
  /** Marks that option. */
  readonly right?: true;
  /** Pages at the end that it stands for, where it can be drawn. */
  readonly pages?: Pages;
}

/** Done when every `expect` of the script holds. It starts from the step's script, where at least one does not. */
export interface Challenge {
  readonly task: string;
  /** Lines that may be changed; all others are locked. */
  readonly editable: readonly number[];
  readonly hints: readonly [string, string, string];
  /** New texts of lines, without their indentation. */
  readonly solution: Readonly<Record<number, string>>;
  /** Why it is one. */
  readonly why: string;
}

/** What a visitor said before the reveal. */
export type Guess =
  | { readonly kind: 'choice'; readonly option: number }
  | { readonly kind: 'number'; readonly value: number }
  /** Pages at equal distances behind the needle, the last at the end. */
  | { readonly kind: 'curve'; readonly pages: readonly Pages[] };

/** The text of a script with some lines replaced; each keeps its indentation. A replacement may be several lines. */
export function withLines(text: string, lines: Readonly<Record<number, string>>): string {
  return text
    .split('\n')
    .map((line, i) => {
      const next = lines[i + 1];
      if (next === undefined) return line;
      const indent = /^\s*/.exec(line)![0];
      return next
        .split('\n')
        .map((part) => indent + part)
        .join('\n');
    })
    .join('\n');
}

/** What stands for a step: its own, or the nearest before it that says so. */
export function inherited<K extends 'script' | 'lanes' | 'show'>(
  lesson: Lesson,
  step: number,
  key: K,
): NonNullable<Step[K]> | null {
  for (let i = step; i >= 0; i--) {
    const value = lesson.steps[i]?.[key];
    if (value !== undefined) return value as NonNullable<Step[K]>;
  }
  return null;
}
