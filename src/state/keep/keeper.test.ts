import { beforeEach, describe, expect, test } from 'vitest';
import { defaultState } from '../link/defaults-1.ts';
import { stateText } from '../state-file.ts';
import { allocations, answerRun } from '../testing.ts';
import { MOST_OWN } from './archive.ts';
import { Database } from './database.ts';
import { readRecord, SCHEMA } from './record.ts';
import { FakeBrowser, type FakeTab } from './testing.ts';

let browser: FakeBrowser;

beforeEach(() => {
  browser = new FakeBrowser();
});

/** A script, written and saved. */
async function write(tab: FakeTab, text: string): Promise<void> {
  const { document } = tab.app.store.getState();
  if (document.kind === 'script' && document.origin.kind === 'own' && tab.app.store.getState().work !== '') {
    tab.app.runs.edit(text);
  } else tab.app.runs.open({ kind: 'script', name: 'Mine', text, origin: { kind: 'own' } });
  await tab.keeper.flush();
  expect(tab.app.store.getState().saved).toEqual({ kind: 'saved' });
}

/** What a tab opens by itself, the run answered. */
async function begin(tab: FakeTab): Promise<string | null> {
  const found = await tab.keeper.find(true);
  if (found === null) return null;
  const opened = tab.keeper.open(found);
  await new Promise((resolve) => setTimeout(resolve));
  answerRun(tab.engine, allocations(3));
  await opened;
  const { document } = tab.app.store.getState();
  return document.kind === 'script' ? document.text : document.name;
}

const texts = async () => {
  const { entries } = await browser.archive().list();
  return entries.map(({ record }) => JSON.parse(record.text).script as string);
};

const raw = (store: 'work' | 'quarantine', act: (store: IDBObjectStore) => IDBRequest) =>
  new Database(browser.disk).write(
    (stores) =>
      new Promise<unknown>((resolve) => {
        const request = act(stores(store));
        request.onsuccess = () => resolve(request.result);
      }),
  );

test('what was saved comes back in another tab of the same browser', async () => {
  const tab = browser.tab();
  await write(tab, 'alloc 1');
  tab.close();
  expect(await begin(browser.tab())).toBe('alloc 1');
});

test('nothing comes back where nothing was kept', async () => {
  expect(await begin(browser.tab())).toBeNull();
});

test('a reload goes on with its own piece of work, not with the newest', async () => {
  const first = browser.tab();
  await write(first, 'alloc 1');
  const second = browser.tab();
  await write(second, 'alloc 2');
  first.close();
  const again = browser.tab(first.memory);
  expect(await begin(again)).toBe('alloc 1');
  await write(again, 'alloc 11');
  expect(await texts()).toEqual(['alloc 11', 'alloc 2']);
});

test('L07: a tab that opens what another tab has open gets a copy, saved with its first change', async () => {
  const first = browser.tab();
  await write(first, 'alloc 1');
  const second = browser.tab();
  expect(await begin(second)).toBe('alloc 1');
  await second.keeper.flush();
  expect(await texts()).toEqual(['alloc 1']);
  for (let k = 0; k < 100; k++) {
    await write(first, `# first ${k}`);
    await write(second, `# second ${k}`);
  }
  expect(await texts()).toEqual(['# second 99', '# first 99']);
});

test('L07: where the browser has no locks a tab that was overtaken goes on under another id', async () => {
  const first = browser.tab();
  await write(first, 'alloc 1');
  browser.locked.clear();
  const second = browser.tab(first.memory);
  expect(await begin(second)).toBe('alloc 1');
  await write(second, 'alloc 2');
  await write(first, 'alloc 3');
  expect(await texts()).toEqual(['alloc 3', 'alloc 2']);
});

test('L10: with the clock set back a day between saves the later save is the newest', async () => {
  const tab = browser.tab();
  await write(tab, 'alloc 1');
  tab.close();
  browser.clock -= 86_400_000;
  const later = browser.tab();
  await write(later, 'alloc 2');
  later.close();
  expect(await begin(browser.tab())).toBe('alloc 2');
  expect(await texts()).toEqual(['alloc 2', 'alloc 1']);
});

test('L11: what a newer page wrote is not written over; the work goes on beside it', async () => {
  const tab = browser.tab();
  await write(tab, 'alloc 1');
  const id = tab.memory.get('work')!;
  const newer = { schema: SCHEMA + 1, revision: 7, shape: 'unknown' };
  await raw('work', (store) => store.put(newer, id));
  await write(tab, 'alloc 2');
  expect(tab.memory.get('work')).not.toBe(id);
  expect(await raw('work', (store) => store.get(id))).toEqual(newer);
  expect(await texts()).toEqual(['alloc 2']);
});

test('L08: what was cleared away is written anew by the next save', async () => {
  const tab = browser.tab();
  await write(tab, 'alloc 1');
  await raw('work', (store) => store.clear());
  await write(tab, 'alloc 2');
  expect(await texts()).toEqual(['alloc 2']);
});

describe('L05, L06: a record that cannot be read', () => {
  const state = defaultState({ kind: 'script', text: 'alloc 1' });
  const good = { schema: SCHEMA, revision: 1, saved: 1, own: true, name: 'x', text: stateText(state) };

  test('L06: every prefix of a stored text is put aside as it is, and another begins', async () => {
    for (let length = 0; length < good.text.length - 1; length += 7) {
      const damaged = { ...good, revision: 50, text: good.text.slice(0, length) };
      browser = new FakeBrowser();
      await raw('work', (store) => store.put(damaged, 'one'));
      const tab = browser.tab();
      expect(await begin(tab), `${length}`).toBeNull();
      expect(await raw('quarantine', (store) => store.get('one'))).toEqual(damaged);
      expect(tab.app.store.getState().notices[0]?.text).toContain('damaged');
      await write(tab, 'alloc 2');
      expect(await raw('quarantine', (store) => store.count())).toBe(1);
    }
  });

  test('L05: every member missing or of another kind is damage, and a second one takes nobody’s place', async () => {
    for (const key of Object.keys(good)) {
      for (const value of [undefined, null, {}, [], Number.NaN, -1, 'x'.repeat(10_000_000)]) {
        if (key === 'text' && value === undefined) continue;
        const { kind } = readRecord({ ...good, [key]: value });
        expect(kind, `${key}: ${String(value).slice(0, 20)}`).toBe(
          key === 'saved' && value === -1 ? 'record' : 'damaged',
        );
      }
    }
    for (const value of ['first', 'second', 'third']) {
      await raw('work', (store) => store.put(value, 'same'));
      expect((await browser.archive().list()).damaged).toBe(1);
    }
    expect(await raw('quarantine', (store) => store.getAll())).toEqual(['first', 'second', 'third']);
  });
});

test('the counter of revisions, lost or spoiled, is made anew from the records', async () => {
  const tab = browser.tab();
  await write(tab, 'alloc 1');
  await write(tab, 'alloc 2');
  for (const value of ['spoiled', -5, Number.POSITIVE_INFINITY]) {
    await new Database(browser.disk).write(async (stores) => {
      stores('counters').put(value, 'revision');
    });
    const before = (await browser.archive().list()).entries[0]!.record.revision;
    await write(tab, `alloc ${String(value).length + 10}`);
    expect((await browser.archive().list()).entries[0]!.record.revision).toBe(before + 1);
  }
});

test('a recording comes back with its bytes, which are stored once', async () => {
  const tab = browser.tab();
  const data = new Blob(['a 0 100\n']);
  tab.app.runs.open({ kind: 'recording', name: 'mine.ops', data, origin: { kind: 'own' } });
  answerRun(tab.engine, allocations(3));
  await tab.keeper.flush();
  tab.app.look.setColour('age');
  await tab.keeper.flush();
  expect(tab.app.store.getState().saved).toEqual({ kind: 'saved' });
  tab.close();
  const again = browser.tab();
  expect(await begin(again)).toBe('mine.ops');
  const { document, colour } = again.app.store.getState();
  expect(document.kind === 'recording' && (await document.data.text())).toBe('a 0 100\n');
  expect(colour).toBe('age');
});

test('a scenario that was only looked at is no work; the newest 50 pieces of work stay', async () => {
  for (let k = 1; k <= MOST_OWN + 3; k++) {
    const tab = browser.tab();
    await write(tab, `alloc ${k}`);
    tab.close();
  }
  const tab = browser.tab();
  void tab.app.openGallery('sawtooth');
  await new Promise((resolve) => setTimeout(resolve));
  answerRun(tab.engine, allocations(3));
  await tab.keeper.flush();
  expect(tab.app.store.getState().saved).toEqual({ kind: 'none' });
  tab.close();
  const again = browser.tab();
  expect(await begin(again)).toContain('sawtooth');
  const listed = await again.keeper.list();
  expect(listed.length).toBe(MOST_OWN);
  expect(JSON.parse(listed.at(-1)!.record.text).script).toBe('alloc 4');
});

test('what was typed last is saved before something else is opened over it', async () => {
  const tab = browser.tab();
  await write(tab, 'alloc 1');
  tab.app.runs.edit('alloc 2');
  tab.app.runs.open({ kind: 'script', name: 'Other', text: 'alloc 9', origin: { kind: 'own' } });
  await tab.keeper.flush();
  expect(await texts()).toEqual(['alloc 9', 'alloc 2']);
});
