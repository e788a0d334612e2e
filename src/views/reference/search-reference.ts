import type { ReferenceEntry, ReferenceMessage, ReferenceSection } from '../../script/reference.ts';

/**
 * Sections with the entries that hold every word of the query, in their own order; those found by title or keyword come
 * before those that only mention it. An empty query gives everything.
 */
export function searchReference(sections: readonly ReferenceSection[], query: string): ReferenceSection[] {
  const words = wordsOf(query);
  if (words.length === 0) return [...sections];
  return sections
    .map((section) => ({
      ...section,
      entries: section.entries
        .map((entry) => ({ entry, rank: rankOf(entry, words) }))
        .filter(({ rank }) => rank < MISSED)
        .sort((a, b) => a.rank - b.rank)
        .map(({ entry }) => entry),
    }))
    .filter(({ entries }) => entries.length > 0);
}

/** Messages that hold every word of the query. */
export function searchMessages(messages: readonly ReferenceMessage[], query: string): ReferenceMessage[] {
  const words = wordsOf(query);
  return messages.filter(({ code, mistake, message, fix }) => {
    const text = `${code} ${mistake} ${message} ${fix}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

const NAMED = 0;
const MENTIONED = 1;
const MISSED = 2;

function rankOf(entry: ReferenceEntry, words: readonly string[]): number {
  const names = `${entry.title} ${entry.words.join(' ')}`.toLowerCase();
  if (words.every((word) => names.includes(word))) return NAMED;
  const all = `${names} ${entry.text} ${entry.example ?? ''}`.toLowerCase();
  return words.every((word) => all.includes(word)) ? MENTIONED : MISSED;
}

function wordsOf(query: string): string[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}
