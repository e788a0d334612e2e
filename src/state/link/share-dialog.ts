import { DEFAULTS_1, defaultState } from './defaults-1.ts';
import type { LinkPart } from './settings-1.ts';
import type { ShareState } from './share-state.ts';

/** Where a whole address begins to be long, and where chats cut it off, in characters. */
export const LONG_LINK = 1500;
export const CHAT_LIMIT = 2000;

export type LinkLength = 'short' | 'long' | 'over-chat';

/** What a whole address of so many characters is good for. */
export function linkLength(characters: number): LinkLength {
  if (characters > CHAT_LIMIT) return 'over-chat';
  return characters > LONG_LINK ? 'long' : 'short';
}

/** The state without the parts that the visitor leaves out: they fall back to what a link that does not say them means. */
export function withoutParts(state: ShareState, leftOut: ReadonlySet<LinkPart>): ShareState {
  const { position, selection, focus, ...look } = DEFAULTS_1;
  let kept = state;
  if (leftOut.has('position')) kept = { ...kept, position, selection, focus };
  if (leftOut.has('view')) kept = { ...kept, ...look };
  if (leftOut.has('lanes')) {
    // What names a lane means nothing over other lanes.
    kept = { ...kept, lanes: defaultState(state.source).lanes, selection, focus, view: look.view };
  }
  return kept;
}

/** The whole address. `home` is the page's own, without a hash; what Markdown and chats break in it is encoded. */
export function linkAddress(home: string, hash: string): string {
  const encode = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return home.replace(/#.*$/s, '').replace(/[()<>[\]|;'"\\^`{}*]/g, encode) + hash;
}

/** `[text](address)`, the text's own marks escaped and its line ends blanks. */
export function markdownLink(text: string, address: string): string {
  return `[${text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>~|#!&]/g, '\\$&')}](${address})`;
}
