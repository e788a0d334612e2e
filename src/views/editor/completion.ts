import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { ensureSyntaxTree, syntaxTree } from '@codemirror/language';
import { type CompletionOption, completionsAt } from '../../script/completion.ts';

/** How long a keystroke may wait for the tree of a long text; beyond that the part that is parsed has to do. */
const PARSE_MS = 20;

/** What can be written at the cursor: while a word is typed, or when asked for. */
export function complete(context: CompletionContext): CompletionResult | null {
  const { state, pos, explicit } = context;
  if (!explicit && context.matchBefore(/[A-Za-z_"]\w*/) === null) return null;
  const tree = ensureSyntaxTree(state, pos, PARSE_MS) ?? syntaxTree(state);
  const { from, options } = completionsAt(state.doc.toString(), pos, tree);
  // Nothing typed yet and nobody asked: a list at every blank would be in the way. In an open text there is little to choose.
  if (options.length === 0 || (!explicit && from === pos && options[0]!.kind !== 'text')) return null;
  return {
    from,
    options: options.map(shown),
    validFor: options[0]!.kind === 'text' ? /^[^"\n]*$/ : /^[\w-]*$/,
  };
}

/** `sortText` keeps the language's order, which is by use, where the letters typed fit several equally well. */
function shown({ label, detail, kind, apply }: CompletionOption, index: number) {
  return {
    label,
    detail,
    type: kind,
    sortText: String(index).padStart(4, '0'),
    ...(apply === undefined ? {} : { apply }),
  };
}
