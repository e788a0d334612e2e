import { type EditorState, type Extension, RangeSet, StateEffect, StateField } from '@codemirror/state';
import {
  type Command,
  Decoration,
  type DecorationSet,
  EditorView,
  GutterMarker,
  gutter,
  keymap,
  showTooltip,
  type Tooltip,
  ViewPlugin,
} from '@codemirror/view';
import { plainMessage } from './message-parts.ts';
import { checkedText, fixAtCursor, type Message, messagesNode, type Weight } from './messages.ts';

/**
 * Underlines, signs before the line numbers, tooltips with fixes, and keys from message to message. Written here and not
 * taken from CodeMirror's lint package, which is a tenth of the editor's weight and brings a second list of messages.
 */
export const setMessages = StateEffect.define<readonly Message[]>();
const setShown = StateEffect.define<Shown | null>();

/** Messages whose tooltip was asked for: by a sign under the pointer (its box), or by a key. */
interface Shown {
  readonly at: number;
  readonly messages: readonly Message[];
  readonly box: DOMRect | null;
}

class Sign extends GutterMarker {
  constructor(
    readonly weight: Weight,
    readonly messages: readonly Message[],
  ) {
    super();
  }

  override eq(other: GutterMarker): boolean {
    return other instanceof Sign && other.messages === this.messages;
  }

  override toDOM(): Node {
    const sign = document.createElement('div');
    sign.className = `script-sign script-sign-${this.weight}`;
    return sign;
  }
}

interface Marks {
  readonly list: readonly Message[];
  readonly underlines: DecorationSet;
  readonly signs: RangeSet<Sign>;
}

const marks = StateField.define<Marks>({
  create: () => ({ list: [], underlines: Decoration.none, signs: RangeSet.empty }),
  update(value, transaction) {
    for (const effect of transaction.effects)
      if (effect.is(setMessages)) return marksOf(transaction.state, effect.value);
    if (!transaction.docChanged || value.list.length === 0) return value;
    const { changes } = transaction;
    return {
      list: value.list.map((message) => {
        const from = changes.mapPos(message.from, 1);
        return { ...message, from, to: Math.max(from, changes.mapPos(message.to, -1)) };
      }),
      underlines: value.underlines.map(changes),
      signs: value.signs.map(changes),
    };
  },
  provide: (field) => EditorView.decorations.from(field, (value) => value.underlines),
});

const UNDERLINES: Readonly<Record<Weight, Decoration>> = {
  error: Decoration.mark({ class: 'script-underline script-underline-error' }),
  warning: Decoration.mark({ class: 'script-underline script-underline-warning' }),
  finding: Decoration.mark({ class: 'script-underline script-underline-finding' }),
};
const RANK: Readonly<Record<Weight, number>> = { error: 0, warning: 1, finding: 2 };

function marksOf(state: EditorState, list: readonly Message[]): Marks {
  const byLine = new Map<number, Message[]>();
  for (const message of list) {
    const { from } = state.doc.lineAt(message.from);
    const others = byLine.get(from);
    if (others === undefined) byLine.set(from, [message]);
    else others.push(message);
  }
  return {
    list,
    underlines: Decoration.set(
      list.filter(({ from, to }) => to > from).map(({ from, to, weight }) => UNDERLINES[weight].range(from, to)),
      true,
    ),
    signs: RangeSet.of(
      [...byLine].map(([from, messages]) => {
        const heaviest = messages.reduce((a, b) => (RANK[b.weight] < RANK[a.weight] ? b : a));
        return new Sign(heaviest.weight, messages).range(from);
      }),
      true,
    ),
  };
}

const shown = StateField.define<Shown | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setShown)) return effect.value;
    // A sentence about a text that is being edited, or left by the cursor, is in the way.
    return transaction.docChanged || transaction.selection !== undefined ? null : value;
  },
  provide: (field) =>
    showTooltip.from(field, (value): Tooltip | null =>
      value === null
        ? null
        : {
            pos: value.at,
            // A sign stands beside the text, where a tooltip would count as out of sight.
            clip: false,
            create: (view) => {
              const dom = messagesNode(view, value.messages);
              return value.box === null ? { dom } : { dom, getCoords: () => value.box! };
            },
          },
    ),
});

const signs = gutter({ class: 'script-signs', markers: (view) => view.state.field(marks).signs });

const POINTER_RESTS_MS = 200;

/**
 * Shows the messages of the sign or underline that the pointer rests on, and hides them when it is neither there nor in
 * their tooltip.
 */
const pointing = ViewPlugin.define((view) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over: Element | null = null;
  const show = (element: Element) => {
    if (!element.isConnected) return;
    const sign = element.classList.contains('script-sign');
    const box = element.getBoundingClientRect();
    const { list } = view.state.field(marks);
    let at: number;
    let messages: readonly Message[];
    if (sign) {
      const line = view.lineBlockAtHeight(box.top + box.height / 2 - view.documentTop);
      at = line.from;
      messages = list.filter(({ from }) => from >= line.from && from <= line.to);
    } else {
      at = view.posAtDOM(element);
      messages = list.filter(({ from, to }) => from <= at && at < to);
    }
    if (messages.length > 0) view.dispatch({ effects: setShown.of({ at, messages, box: sign ? box : null }) });
  };
  const moved = ({ type, target }: Event) => {
    const element = type === 'pointerleave' || !(target instanceof Element) ? null : target;
    const marked = element?.closest('.script-sign, .script-underline') ?? null;
    if (marked !== null && marked === over) return;
    clearTimeout(timer);
    over = marked;
    if (marked !== null) timer = setTimeout(show, POINTER_RESTS_MS, marked);
    else if (view.state.field(shown) !== null && element?.closest('.cm-tooltip') == null) {
      timer = setTimeout(() => view.dispatch({ effects: setShown.of(null) }), POINTER_RESTS_MS);
    }
  };
  view.dom.addEventListener('pointermove', moved);
  view.dom.addEventListener('pointerleave', moved);
  return {
    destroy() {
      clearTimeout(timer);
      view.dom.removeEventListener('pointermove', moved);
      view.dom.removeEventListener('pointerleave', moved);
    },
  };
});

/** Goes to the next message behind the cursor (or before it), round the end, and shows it. */
function goToMessage(step: 1 | -1): Command {
  return (view) => {
    const { list } = view.state.field(marks);
    if (list.length === 0) return false;
    const { head } = view.state.selection.main;
    const next =
      step > 0
        ? (list.find(({ from }) => from > head) ?? list[0]!)
        : (list.findLast(({ from }) => from < head) ?? list.at(-1)!);
    const messages = list.filter(({ from }) => from === next.from);
    view.dispatch({ selection: { anchor: next.from }, scrollIntoView: true });
    view.dispatch({
      effects: [
        setShown.of({ at: next.from, messages, box: null }),
        EditorView.announce.of(messages.map(({ text }) => plainMessage(text)).join(' ')),
      ],
    });
    return true;
  };
}

const hide: Command = (view) => {
  if (view.state.field(shown) === null) return false;
  view.dispatch({ effects: setShown.of(null) });
  return true;
};

/** All of it. Comes before the line numbers: the signs' gutter stands first. */
export function messageMarks(): Extension {
  return [
    checkedText.field,
    marks,
    shown,
    signs,
    pointing,
    keymap.of([
      { key: 'F8', run: goToMessage(1), shift: goToMessage(-1) },
      { key: 'Mod-.', run: fixAtCursor((state) => state.field(marks).list) },
      { key: 'Escape', run: hide },
    ]),
  ];
}
