import type { Diagnostic, Fix } from '../model/diagnostics.ts';
import type { LineIndex } from './text.ts';

/** More would help nobody, and a text of a million mistakes must not become a million objects. */
const MOST_DIAGNOSTICS = 1_000;

/** Collects messages about one text and gives them back sorted, one a place. */
export class Report {
  private readonly found: Diagnostic[] = [];
  private readonly seen = new Set<string>();
  private readonly linesWithSyntaxError = new Set<number>();

  constructor(private readonly lines: LineIndex) {}

  get full(): boolean {
    return this.found.length >= MOST_DIAGNOSTICS;
  }

  get hasErrors(): boolean {
    return this.found.some((d) => d.severity === 'error');
  }

  add(code: string, from: number, to: number, message: string, fixes: readonly Fix[] = []): void {
    const key = `${code} ${from}`;
    if (this.full || this.seen.has(key)) return;
    this.seen.add(key);
    const line = this.lines.line(from);
    if (code.startsWith('E1')) this.linesWithSyntaxError.add(line);
    const severity = code.startsWith('E') ? 'error' : code.startsWith('W') ? 'warning' : 'stop';
    this.found.push({ code, severity, message, line, column: this.lines.column(from), from, to, fixes });
  }

  /** Is there a mistake of writing on this line? Then what it means is not worth a message. */
  brokenLine(line: number): boolean {
    return this.linesWithSyntaxError.has(line);
  }

  /** Sorted by place; a line with a mistake of writing shows only that. */
  finish(): Diagnostic[] {
    return this.found
      .filter((d) => d.code.startsWith('E1') || !this.linesWithSyntaxError.has(d.line))
      .sort((a, b) => a.from - b.from || (a.code < b.code ? -1 : 1));
  }
}

/** A fix that replaces one range. */
export function replace(label: string, from: number, to: number, insert: string): Fix {
  return { label, edits: [{ from, to, insert }] };
}
