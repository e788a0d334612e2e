import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseLaneName } from '../../model/lanes.ts';
import { GALLERY, GALLERY_RECORDINGS, isGalleryId } from '../../script/gallery.ts';
import { crc32 } from './checksums.ts';
import { defaultState } from './defaults-1.ts';
import { readLink, writeLink } from './hash.ts';

const root = new URL('../../../', import.meta.url);
/** CRC-32 of the text of each id that a link was ever made with. Ids are added; none is changed or taken away. */
const TEXTS: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('e2e/fixtures/links/gallery-1.json', root), 'utf8'),
);
const FILES = new Map([
  ...GALLERY.map(({ id, file }) => [id, `public/scenarios/${file}`] as const),
  ...GALLERY_RECORDINGS.map(({ id, file }) => [id, `public/recordings/${file}`] as const),
]);

test.each(Object.entries(TEXTS))('the gallery id %s stands for the text that it always stood for', (id, checksum) => {
  const bytes = readFileSync(new URL(FILES.get(id)!, root));
  expect(crc32(bytes).toString(16).padStart(8, '0')).toBe(checksum);
});

test.each([...GALLERY, ...GALLERY_RECORDINGS])(
  'the gallery’s $id is a link of its own, on allocators that there are',
  ({ id }) => {
    const state = defaultState({ kind: 'gallery', id });
    const written = writeLink(state);
    if (written.kind !== 'link') throw new Error(written.kind);
    expect(written.hash).toMatch(new RegExp(`^#1\\.&g=${id}&c=[0-9a-f]{8}$`));
    expect(readLink(written.hash, isGalleryId)).toEqual({ kind: 'state', state, policies: [] });
    for (const { name } of state.lanes) expect(parseLaneName(name), name).not.toBeNull();
  },
);

test('every gallery id has its text held', () => {
  expect([...FILES.keys()].filter((id) => !Object.hasOwn(TEXTS, id))).toEqual([]);
});
