import { expect, test } from 'vitest';
import { recalledPanels, rememberPanels } from './panels.ts';
import { createAppStore } from './store.ts';

test('panels come back as they were left', () => {
  const stored = new Map<string, string>();
  const store = createAppStore();
  rememberPanels(store, (key, value) => stored.set(key, value));
  store.setState({ scriptWidth: 333, inspectorOpen: false });
  store.setState({ timelineHeight: 180 });
  const back = recalledPanels((key) => stored.get(key) ?? null);
  expect(back).toMatchObject({ scriptWidth: 333, inspectorOpen: false, timelineHeight: 180, scriptOpen: true });
});

test('moving the playhead writes nothing', () => {
  const store = createAppStore();
  let writes = 0;
  rememberPanels(store, () => writes++);
  store.setState({ position: 5 });
  expect(writes).toBe(0);
  store.setState({ scriptWidth: 300 });
  expect(writes).toBe(1);
});

test.each([
  'null',
  '[]',
  '{',
  '"x"',
  '7',
  '{"scriptWidth":"300","inspectorOpen":1}',
  '{"__proto__":{"scriptWidth":300}}',
])('stored %s is as nothing stored', (text) => {
  expect(recalledPanels(() => text)).toEqual({});
});

test('a stored size beyond its bounds is held to them', () => {
  expect(recalledPanels(() => '{"scriptWidth":9e9,"timelineHeight":-4}')).toEqual({
    scriptWidth: 480,
    timelineHeight: 120,
  });
});
