import { LIMITS } from '../model/units.ts';

/** Limits of a script's text. They may rise in a later version, never fall. */
export const LANGUAGE_LIMITS = {
  scriptBytes: LIMITS.scriptBytes,
  /** Blocks in blocks. */
  blocks: 16,
  /** Brackets, calls and prefix signs in one another; `else if` in a row. */
  nesting: 64,
  nameLetters: 64,
  textCharacters: 200,
  fillTextBytes: LIMITS.fillTextBytes,
} as const;

/** Limits of a run. Tests run with smaller ones; everybody else with these. */
export interface RunLimits {
  readonly operations: number;
  readonly steps: number;
  readonly stations: number;
  readonly findingsPerLine: number;
}
export const RUN_LIMITS: RunLimits = {
  operations: LIMITS.operations,
  steps: LIMITS.steps,
  stations: LIMITS.stations,
  findingsPerLine: LIMITS.findingsPerLine,
};
