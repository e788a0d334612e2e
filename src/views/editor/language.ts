import { delimitedIndent, indentNodeProp, LanguageSupport, LRLanguage, syntaxHighlighting } from '@codemirror/language';
import { parser } from '../../script/parser.ts';
import { colours } from './colours.ts';

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

/** The scenario language for CodeMirror: the one grammar, its colours, indents and completion. */
export function heapLanguage(): LanguageSupport {
  return new LanguageSupport(language, [syntaxHighlighting(colours)]);
}
