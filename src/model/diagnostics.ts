/** A message about a text: what is wrong, where, and the way out. Codes keep their meaning for ever (`language.md` 5). */
export interface Diagnostic {
  /** `E100`… not run, `W301`… runs, `S401`… stopped there. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'stop';
  readonly message: string;
  /** Line and column, from 1; columns count UTF-16 units. */
  readonly line: number;
  readonly column: number;
  /** Range in the text, UTF-16 units from 0, end excluded. */
  readonly from: number;
  readonly to: number;
  /** One-click fixes: replacing `from`–`to` by `insert`. */
  readonly fixes: readonly Fix[];
}

export interface Fix {
  /** What the button says, for example "Write `mod`". */
  readonly label: string;
  readonly edits: readonly { readonly from: number; readonly to: number; readonly insert: string }[];
}
