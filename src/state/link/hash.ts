import { LIMITS } from '../../model/units.ts';
import { crcOfText } from './checksums.ts';
import { defaultState } from './defaults-1.ts';
import { packText, unpackText } from './packed-text.ts';
import { type Draft, type LinkPart, SETTINGS_1 } from './settings-1.ts';
import {
  type Arrival,
  arrived,
  damaged,
  ID_SHAPE,
  MAX_ID,
  newer,
  type Refusal,
  type ShareSource,
  type ShareState,
} from './share-state.ts';

/**
 * The share link: `#1.DATA&a=wee-repaired.dlmalloc&t=214&c=CHECK`. A version, the packed script, the settings that differ
 * from their defaults, and last the CRC-32 of everything between `#` and `&c=`. An unedited gallery scenario is
 * `#1.&g=ID`. Of all characters only `A–Z a–z 0–9 - _ . = &`, the last a letter or digit: nothing that mail, chat or
 * Markdown breaks, and a link that was cut off shows it.
 *
 * `#l=ID`, `#deck=…` and `?embed` are reserved.
 */

/** Characters of a hash that are read at all, `#` included. */
export const MAX_HASH = 262_144;

export type LinkWritten =
  | {
      readonly kind: 'link';
      /** Begins with `#`. */
      readonly hash: string;
      /** Characters by what they are for; they add up to the hash's length. `frame` is `#1.` and the checksum. */
      readonly costs: Readonly<Record<LinkPart | 'script' | 'frame', number>>;
    }
  /** More than any page reads: only a file holds it. */
  | { readonly kind: 'too-long'; readonly characters: number; readonly limit: number }
  /** The script is beyond the language's limit, in bytes: it runs nowhere, and a link of it would not open. */
  | { readonly kind: 'script-too-long'; readonly limit: number }
  /** A recording of the visitor's own is in no link: only a file holds it. */
  | { readonly kind: 'recording' };

const VERSION = '1';
const CHECK = '&c=';
const CHECK_DIGITS = 8;

/** The link of a state. The same state gives the same characters. About 0.2 ms for a typical script, 100 ms for one of 1 MiB. */
export function writeLink(state: ShareState): LinkWritten {
  const { source } = state;
  if (source.kind === 'recording') return { kind: 'recording' };
  const script = source.kind === 'script' ? packText(source.text) : `&g=${source.id}`;
  if (script === null) return { kind: 'script-too-long', limit: LIMITS.scriptBytes };
  const costs = { script: script.length, lanes: 0, position: 0, view: 0, frame: 0 };
  const defaults = defaultState(source);
  let body = `${VERSION}.${script}`;
  for (const setting of SETTINGS_1) {
    const value = setting.write(state, defaults);
    if (value === '') continue;
    const item = `&${setting.key}=${value}`;
    costs[setting.part] += item.length;
    body += item;
  }
  const hash = `#${body}${CHECK}${crcOfText(body)}`;
  if (hash.length > MAX_HASH) return { kind: 'too-long', characters: hash.length, limit: MAX_HASH };
  costs.frame = `#${VERSION}.${CHECK}`.length + CHECK_DIGITS;
  return { kind: 'link', hash, costs };
}

/**
 * Reads the hash of an address, with or without its `#`. Never throws; whatever is refused leaves nothing behind. Nothing
 * is unpacked before the length and the checksum are right. `knowsId` says which gallery ids this page has.
 *
 * Cost: a few passes over at most 262,144 characters, and at most 2 MiB unpacked.
 */
export function readLink(hash: string, knowsId: (id: string) => boolean): Arrival | { readonly kind: 'none' } {
  if (hash.length > MAX_HASH) return damaged('size', String(hash.length));
  const text = mended(hash);
  if (text === '') return { kind: 'none' };
  if (text === null) return damaged('form');
  const reserved = /^(l|deck)=/.exec(text);
  if (reserved) return newer('form', `#${reserved[1]}=`);
  const version = /^([0-9]{1,9})(?:\.|$)/.exec(text)?.[1];
  if (version === undefined) return damaged('form');
  const reader = READERS.get(version);
  return reader === undefined ? newer('version', version) : reader(text, knowsId);
}

/** One reader a version, for ever; each gives the state as it is today. */
const READERS: ReadonlyMap<string, typeof readVersion1> = new Map([[VERSION, readVersion1]]);

function readVersion1(text: string, knowsId: (id: string) => boolean): Arrival {
  const at = text.lastIndexOf(CHECK);
  if (at < 0) return damaged('cut');
  const body = text.slice(0, at);
  const check = text.slice(at + CHECK.length);
  if (!/^[0-9a-f]{8}$/.test(check)) return damaged(check.length < CHECK_DIGITS ? 'cut' : 'checksum');
  if (check !== crcOfText(body)) return damaged('checksum');

  // From here on the text is as it was written: what is not understood was written by a page that knows more, what
  // cannot be was made on purpose.
  const [data, ...items] = body.slice(VERSION.length + 1).split('&');
  const settings = readItems(items);
  if ('kind' in settings) return settings;
  const source = readSource(data!, settings, knowsId);
  if (source.kind === 'newer' || source.kind === 'damaged') return source;
  const draft: Draft = { ...defaultState(source) };
  for (const setting of SETTINGS_1) {
    const value = settings.values.get(setting.key);
    const refusal = value === undefined ? null : setting.read(value, draft);
    if (refusal !== null) return refusal;
  }
  return arrived(draft);
}

const KEYS: ReadonlySet<string> = new Set(['g', ...SETTINGS_1.map((setting) => setting.key)]);

/** `key=value` items by key: each key known and there once, no value empty. */
function readItems(items: readonly string[]): { readonly values: ReadonlyMap<string, string> } | Refusal {
  const values = new Map<string, string>();
  for (const item of items) {
    const equals = item.indexOf('=');
    const key = item.slice(0, Math.max(0, equals));
    const value = item.slice(equals + 1);
    if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(key)) return damaged('setting', item);
    if (!KEYS.has(key)) return newer('setting', key);
    if (value === '' || value.includes('=') || values.has(key)) return damaged('setting', key);
    values.set(key, value);
  }
  return { values };
}

function readSource(
  data: string,
  { values }: { readonly values: ReadonlyMap<string, string> },
  knowsId: (id: string) => boolean,
): ShareSource | Refusal {
  const id = values.get('g');
  if (id === undefined) {
    const text = unpackText(data);
    return text === null ? damaged('script') : { kind: 'script', text };
  }
  if (data !== '' || id.length > MAX_ID || !ID_SHAPE.test(id)) return damaged('setting', 'g');
  return knowsId(id) ? { kind: 'gallery', id } : newer('id', id);
}

/** Most ways of a mail program to encode a link stop at two; the next one would be damage. */
const MAX_DECODINGS = 2;

/**
 * The hash as it was before mail and chat had their hands on it: percent signs decoded, once and twice, blanks and
 * invisible characters dropped, `&amp;` undone, punctuation after its end cut off. Null where other characters are left
 * or none at all, '' where there was nothing.
 */
function mended(hash: string): string | null {
  let text = hash.startsWith('#') ? hash.slice(1) : hash;
  if (text === '') return text;
  for (let decodings = 0; ; decodings++) {
    text = trimmed(text.replace(/[\s\u00ad\u200b-\u200d\u2060]/g, '').replaceAll('&amp;', '&'));
    if (text === '') return null;
    if (/^[A-Za-z0-9\-_.=&]+$/.test(text)) return text;
    if (decodings === MAX_DECODINGS) return null;
    try {
      text = decodeURIComponent(text);
    } catch {
      return null;
    }
  }
}

/** Without what follows the last letter or digit. A loop: a pattern anchored at the end alone takes quadratic time. */
function trimmed(text: string): string {
  let end = text.length;
  while (end > 0 && !/[A-Za-z0-9]/.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/**
 * The address with its `#` where a mail scanner wrote `%23`, or null where it did not. A static host answers such an
 * address with 404.html, which mends it in the same way; where the host answers with the page, the page does.
 * `home` is the page's own address, a folder.
 */
export function repairedAddress(href: string, home: string): string | null {
  const { pathname, search } = new URL(href);
  const path = pathname + search;
  const found = /%(?:25){0,2}23/.exec(path);
  if (found === null) return null;
  const query = path.slice(pathname.length, Math.max(pathname.length, found.index));
  return `${home}${query}#${path.slice(found.index + found[0].length)}`;
}
