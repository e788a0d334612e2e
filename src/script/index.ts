import type { Diagnostic } from '../model/diagnostics.ts';
import { build } from './build.ts';
import { diagnose } from './diagnose.ts';
import type { Program } from './program.ts';
import { Report } from './report.ts';
import { LineIndex, normalise } from './text.ts';

export { completionsAt } from './completion.ts';
export { format } from './format.ts';
export { parser } from './parser.ts';
export type { Program } from './program.ts';
export { type ScriptRun, startRun } from './run.ts';

/**
 * Reads a script. Never throws, never runs anything, and takes time in proportion to the text: what is too long or too deep
 * is refused before it is parsed. `program` is null exactly if a diagnostic is an error. Ranges are those of `text`.
 */
export function compile(text: string): { program: Program | null; diagnostics: Diagnostic[] } {
  const lines = new LineIndex(text);
  const report = new Report(lines);
  const source = normalise(text);
  const parsed = diagnose(source, lines, report);
  if (!parsed) return { program: null, diagnostics: report.finish() };
  const program = build(parsed.tree, source, lines, report, parsed.uncertain);
  const diagnostics = report.finish();
  return { program: report.hasErrors ? null : program, diagnostics };
}
