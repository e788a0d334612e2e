/**
 * The one catalogue of all that a visitor can read. One file an area; a text with parts is a function of them.
 * Nothing else in the project holds a visible sentence.
 */
export const strings = {} as const;
