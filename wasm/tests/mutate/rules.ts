import type { Mutant } from './mutants.ts';

/** Why a mutant that lives cannot be told from the module, by rule; null where no rule applies. */
export function ruleOf(_id: string, _mutant: Mutant): string | null {
  return null;
}
