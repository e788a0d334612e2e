import { delimitedIndent, indentNodeProp, LanguageSupport, LRLanguage, syntaxHighlighting } from '@codemirror/language';
import { tags as t, tagHighlighter } from '@lezer/highlight';
import { parser } from '../../script/generated/heap.ts';

const language = LRLanguage.define({
  name: 'heap',
  parser: parser.configure({
    props: [indentNodeProp.add({ Block: delimitedIndent({ closing: '}', align: false }) })],
  }),
  languageData: {
    commentTokens: { line: '#' },
    closeBrackets: { brackets: ['{', '(', '[', '"'] },
    indentOnInput: /^\s*\}$/,
  },
});

/**
 * Tags to classes; editor.css gives them their ink. A unit is coloured with its number, and every word of the language is
 * bold, whichever kind of word it is.
 */
const colours = tagHighlighter([
  {
    tag: [t.keyword, t.controlKeyword, t.operatorKeyword, t.modifier, t.definitionKeyword, t.moduleKeyword],
    class: 'tok-keyword',
  },
  { tag: [t.number, t.unit], class: 'tok-number' },
  { tag: t.string, class: 'tok-string' },
  { tag: t.comment, class: 'tok-comment' },
]);

/** The scenario language for CodeMirror: the one grammar, its colours, indents and completion. */
export function heapLanguage(): LanguageSupport {
  return new LanguageSupport(language, [syntaxHighlighting(colours)]);
}
