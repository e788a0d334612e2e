/** One entry of the reference: a form of the language, a limit, or a decision. */
export interface ReferenceEntry {
  /** Stays the same for ever: links name it. Unique in the whole reference. */
  readonly id: string;
  readonly title: string;
  /** What it is also found by: words of other languages, signs. */
  readonly words: readonly string[];
  /** One to three sentences; code stands between backticks. */
  readonly text: string;
  /** A script without errors; left out where there is nothing to run. */
  readonly example?: string;
}

export interface ReferenceSection {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly ReferenceEntry[];
}

/** A message by its code, which means the same for ever: what brings it about, what it says, and the way out. */
export interface ReferenceMessage {
  readonly code: string;
  readonly mistake: string;
  readonly message: string;
  readonly fix: string;
}

/** A section from rows of id, title, further words, text and example. */
export function section(
  id: string,
  title: string,
  ...rows: readonly (readonly [id: string, title: string, words: string, text: string, example?: string])[]
): ReferenceSection {
  return {
    id,
    title,
    entries: rows.map(([id, title, words, text, example]) => ({
      id,
      title,
      words: words.split(' ').filter((word) => word !== ''),
      text,
      ...(example === undefined ? {} : { example }),
    })),
  };
}
