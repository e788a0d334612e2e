import { tags as t, tagHighlighter } from '@lezer/highlight';

/**
 * Tags of the grammar to classes; code.css gives them their ink. A unit is coloured with its number, and every word of the
 * language is bold, whichever kind of word it is.
 */
export const colours = tagHighlighter([
  {
    tag: [t.keyword, t.controlKeyword, t.operatorKeyword, t.modifier, t.definitionKeyword, t.moduleKeyword],
    class: 'tok-keyword',
  },
  { tag: [t.number, t.unit], class: 'tok-number' },
  { tag: t.string, class: 'tok-string' },
  { tag: t.comment, class: 'tok-comment' },
]);
