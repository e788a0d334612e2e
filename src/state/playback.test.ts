import { describe, expect, it } from 'vitest';
import { comfortableSpeed, markAt, Playback } from './playback.ts';
import { Records } from './records.ts';
import { blankLane } from './runs.ts';
import { createAppStore } from './store.ts';
import { allocations } from './testing.ts';

const at = (position: number, text: string) => ({ position, text, line: 1 });

function playing(count: number, parts: Parameters<typeof allocations>[1] = {}) {
  const scenario = allocations(count, parts);
  const store = createAppStore({
    scenario,
    reached: count,
    lanes: [blankLane('x', { name: 'wee', memory: {}, fill: false })],
  });
  const records = new Records();
  records.begin(scenario.operations);
  return { store, records, playback: new Playback(store, records) };
}

describe('the playhead', () => {
  it('stays within what is recorded', () => {
    const { store, playback } = playing(10);
    playback.seek(99);
    expect(store.getState().position).toBe(10);
    playback.step(-100);
    expect(store.getState().position).toBe(0);
  });

  it('goes from mark to mark and past the last one to the end', () => {
    const { store, playback } = playing(10, { marks: [at(2, 'a'), at(5, 'b')] });
    const seen: number[] = [];
    for (let i = 0; i < 3; i++) {
      playback.toMark(1);
      seen.push(store.getState().position);
    }
    for (let i = 0; i < 3; i++) {
      playback.toMark(-1);
      seen.push(store.getState().position);
    }
    expect(seen).toEqual([2, 5, 10, 5, 2, 0]);
  });

  it('goes to the next grow of any lane, and says where there is none', () => {
    const { store, records, playback } = playing(10);
    const { series } = records.lane('x');
    for (const t of [3, 7]) {
      series.growAt.push(t);
      series.growPages.push(t);
    }
    expect(playback.toGrow()).toBe(true);
    expect(store.getState().position).toBe(3);
    playback.toGrow();
    expect(store.getState().position).toBe(7);
    expect(playback.toGrow()).toBe(false);
    expect(store.getState().position).toBe(7);
  });

  it('goes round the findings', () => {
    const finding = (operation: number) => ({ code: 'F501', message: '', line: 1, operation, block: -1 }) as const;
    const { store, playback } = playing(10, { findings: [finding(4), finding(8)] });
    const seen: number[] = [];
    for (let i = 0; i < 3; i++) {
      playback.toFinding();
      seen.push(store.getState().position);
    }
    expect(seen).toEqual([4, 8, 4]);
    expect(playing(3).playback.toFinding()).toBe(false);
  });
});

describe('playing', () => {
  it('advances by its speed, fractions of an operation included, and ends at the end', () => {
    const { store, playback } = playing(10);
    playback.setSpeed(60);
    playback.play();
    for (let frame = 0; frame < 4; frame++) playback.tick(25 / 2);
    expect(store.getState().position).toBe(3);
    for (let frame = 0; frame < 20; frame++) playback.tick(25);
    expect(store.getState()).toMatchObject({ position: 10, playing: false });
  });

  it('begins again from the start when it stands at the end', () => {
    const { store, playback } = playing(10);
    playback.seek(10);
    playback.play();
    expect(store.getState()).toMatchObject({ position: 0, playing: true });
  });

  it('halts at a pause, and goes on from there', () => {
    const { store, playback } = playing(100, { pauses: [at(5, 'look')] });
    playback.setSpeed(1000);
    playback.play();
    playback.tick(50);
    expect(store.getState()).toMatchObject({ position: 5, playing: false });
    playback.play();
    playback.tick(50);
    expect(store.getState().position).toBe(55);
  });

  it('does not leap when a hidden tab comes back', () => {
    const { store, playback } = playing(1000);
    playback.setSpeed(100);
    playback.play();
    playback.tick(60_000);
    expect(store.getState().position).toBe(10);
  });
});

it('picks a speed at which a run takes about half a minute', () => {
  expect(comfortableSpeed(10)).toBe(1);
  expect(comfortableSpeed(19_617)).toBe(2_000);
  expect(comfortableSpeed(5_000_000)).toBe(500_000);
});

it('finds the mark that a position stands in', () => {
  const marks = [at(2, 'a'), at(5, 'b'), at(5, 'c')];
  expect([0, 2, 4, 5, 9].map((t) => markAt(marks, t)?.text)).toEqual([undefined, 'a', 'a', 'c', 'c']);
});
