import { beforeEach, expect, test } from 'vitest';
import { type App, createApp } from './app.ts';
import { FakeEngine, fakePorts } from './testing.ts';
import { depthOf, isZoomed, needsWidth } from './zooming.ts';

let app: App;
const depth = () => depthOf(app.store.getState());
const selected = () => app.store.getState().link.selected;

beforeEach(() => {
  app = createApp(fakePorts(new FakeEngine()));
});

test('down goes from all pages to the selected page, to what is chosen in it, to its bytes, and no further', () => {
  expect(app.zoom.down()).toBe(false);
  app.point.select({ kind: 'page', lane: 'lane-0', page: 4 });
  expect(depth()).toBe('pages');
  expect(app.zoom.down()).toBe(true);
  expect([depth(), isZoomed(app.store.getState()), needsWidth(app.store.getState())]).toEqual(['page', true, true]);
  // Nothing in the page is chosen yet.
  expect(app.zoom.down()).toBe(false);
  app.point.pick('lane-0', 4, 4 * 65_536 + 64);
  expect(depth()).toBe('block');
  expect(app.zoom.down()).toBe(true);
  expect(depth()).toBe('bytes');
  expect(app.zoom.down()).toBe(false);
});

test('up goes back level by level, keeps the page selected on all pages, and lets go of it last', () => {
  app.point.select({ kind: 'block', lane: 'lane-1', operation: 7, page: 2 });
  app.zoom.to('bytes');
  expect(depth()).toBe('bytes');
  app.zoom.up();
  expect(depth()).toBe('block');
  app.zoom.up();
  expect([depth(), selected()]).toEqual(['page', { kind: 'page', lane: 'lane-1', page: 2 }]);
  app.zoom.up();
  expect([depth(), selected()]).toEqual(['pages', { kind: 'page', lane: 'lane-1', page: 2 }]);
  app.zoom.up();
  expect(selected()).toBeNull();
});

test('on all pages up goes from a block to its page, then lets go, then leaves the lane that is alone', () => {
  app.look.setView({ kind: 'alone' });
  app.point.select({ kind: 'block', lane: 'lane-0', operation: 3, page: 9 });
  app.zoom.up();
  expect([depth(), selected()]).toEqual(['pages', { kind: 'page', lane: 'lane-0', page: 9 }]);
  app.zoom.up();
  expect([selected(), app.store.getState().view.kind]).toEqual([null, 'alone']);
  app.zoom.up();
  expect(app.store.getState().view.kind).toBe('compare');
});

test('who looks at pages goes on looking at pages; another selection ends it', () => {
  app.point.select({ kind: 'page', lane: 'lane-0', page: 1 });
  app.zoom.to('page');
  app.point.select({ kind: 'page', lane: 'lane-0', page: 5 });
  expect(depth()).toBe('page');
  app.point.select({ kind: 'block', lane: 'lane-0', operation: 2, page: 5 });
  expect(depth()).toBe('block');
  app.zoom.to('bytes');
  app.point.select({ kind: 'block', lane: 'lane-1', operation: 2, page: 0 });
  expect(depth()).toBe('bytes');
  app.point.select({ kind: 'line', line: 3 });
  expect([depth(), app.store.getState().zoom]).toEqual(['pages', 'pages']);
});

test('a zoom whose selection is gone, or a table in the place of the maps, shows all pages', () => {
  app.zoom.to('bytes');
  expect([depth(), isZoomed(app.store.getState())]).toEqual(['pages', false]);
  app.point.select({ kind: 'page', lane: 'lane-0', page: 1 });
  app.store.setState({ zoom: 'bytes' });
  expect(depth()).toBe('page');
  app.look.toggleTable();
  expect(isZoomed(app.store.getState())).toBe(false);
});
