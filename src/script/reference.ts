import { PROGRAM } from './reference/program.ts';
import type { ReferenceSection } from './reference/shapes.ts';
import { STATEMENTS } from './reference/statements.ts';
import { VALUES } from './reference/values.ts';

export { REFERENCE_MESSAGES } from './reference/messages.ts';
export type { ReferenceEntry, ReferenceMessage, ReferenceSection } from './reference/shapes.ts';

/** The language reference, in the order in which one learns. The one source of what the page, its search and links show. */
export const REFERENCE: readonly ReferenceSection[] = [...STATEMENTS, ...VALUES, ...PROGRAM];
