import { type Addr, type OperationNumber, PAGE_BYTES, type Pages } from '../../model/units.ts';

/** What a number or a name can lead to. */
export type Destination =
  | { readonly kind: 'page'; readonly page: number }
  | { readonly kind: 'address'; readonly address: Addr; readonly page: number }
  | { readonly kind: 'operation'; readonly operation: OperationNumber }
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'named'; readonly index: number };

/** How far the numbers go in what is shown. */
export interface Extent {
  /** Of the longest lane, at the end of the run. */
  readonly pages: Pages;
  readonly operations: number;
  /** Lines of the script that made operations, ascending; none in a recording. */
  readonly lines: readonly number[];
}

const MOST_NAMED = 60;

/**
 * Where a query may mean to go: `0x2d0000` an address; `page 45`, `op 45`, `line 45` what they say; `45` any of the three that
 * exists; anything else the names that hold all of its words. Nothing that is beyond the extent is offered.
 */
export function destinations(query: string, extent: Extent, names: readonly string[]): readonly Destination[] {
  const text = query.trim().toLowerCase();
  const hex = /^0x([0-9a-f]{1,9})$/.exec(text);
  if (hex !== null) {
    const address = Number.parseInt(hex[1]!, 16);
    const page = Math.floor(address / PAGE_BYTES);
    return page < extent.pages ? [{ kind: 'address', address, page }] : [];
  }
  const numbered = /^(?:(page|pages|p|op|ops|operation|o|line|l)[\s#]*)?([\d\s_,\u202f\u00a0]+)$/.exec(text);
  const places = numbered === null ? [] : numberPlaces(numbered[1]?.[0] ?? '', digitsOf(numbered[2]!), extent);
  if (numbered !== null && numbered[1] !== undefined) return places;
  return [...places, ...named(text, names)];
}

const digitsOf = (text: string) => Number(text.replace(/\D/g, ''));

/** `what`: the first letter of the word before the number, or none. */
function numberPlaces(what: string, value: number, extent: Extent): Destination[] {
  const places: Destination[] = [];
  if ((what === '' || what === 'p') && value < extent.pages) places.push({ kind: 'page', page: value });
  if ((what === '' || what === 'o') && value <= extent.operations) {
    places.push({ kind: 'operation', operation: value });
  }
  if ((what === '' || what === 'l') && extent.lines.includes(value)) places.push({ kind: 'line', line: value });
  return places;
}

/** Names that hold every word of the query, those that begin with it first. */
function named(text: string, names: readonly string[]): Destination[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const found = names
    .map((name, index) => ({ index, name: name.toLowerCase() }))
    .filter(({ name }) => words.every((word) => name.includes(word)));
  const rank = ({ name }: { readonly name: string }) => (text !== '' && name.startsWith(text) ? 0 : 1);
  return found
    .sort((a, b) => rank(a) - rank(b) || a.index - b.index)
    .slice(0, MOST_NAMED)
    .map(({ index }) => ({ kind: 'named', index }));
}
