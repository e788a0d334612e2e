import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHeapViews } from '../engine/heap-view.ts';
import { LaneRun } from '../engine/lane-run.ts';
import { MemoryPool } from '../engine/memory-pool.ts';
import { loadLaneModules, type ModuleSource } from '../engine/modules.ts';
import { modulesFrom } from '../engine/modules-node.ts';
import { pack } from '../engine/pack.ts';
import type { GalleryMap, GalleryPicture } from '../model/gallery-picture.ts';
import { CellState, type HeapFrame } from '../model/heap-frame.ts';
import { FIRST_LANE_NAMES, parseLaneName } from '../model/lanes.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Pages, Position } from '../model/units.ts';
import { FIRST_SCENARIO, GALLERY, GALLERY_RECORDINGS, type GalleryRecording, galleryEntry } from '../script/gallery.ts';
import { readScenario, runScript } from './scenario-file.ts';

/** How a picture is laid out: the finest grain at which its longest lane stays about as high as it is wide. */
const GRAINS = [
  { upTo: 8, columns: 4, side: 8 },
  { upTo: 64, columns: 8, side: 4 },
  { upTo: 256, columns: 16, side: 4 },
] as const;
const COARSE = { columns: 32, side: 1 } as const;
type Grain = (typeof GRAINS)[number] | typeof COARSE;

/** Runs everything in the gallery and pictures it; `root` is the project's folder. A few seconds. */
export async function galleryPictures(root: string): Promise<Record<string, GalleryPicture>> {
  const modules = modulesFrom(join(root, 'wasm', 'build'));
  const pictures: Record<string, GalleryPicture> = {};
  for (const [folder, entries] of [
    ['scenarios', GALLERY],
    ['recordings', GALLERY_RECORDINGS],
  ] as const) {
    for (const entry of entries) {
      const scenario = await readScenario(join(root, 'public', folder, entry.file));
      pictures[entry.id] = await picture(scenario, entry, modules);
    }
  }
  return pictures;
}

/** The scenario of a first visit with its text, as the page opens it: without the file's last line feed. */
export async function firstScenario(root: string): Promise<{ text: string; scenario: unknown }> {
  const { file } = galleryEntry(FIRST_SCENARIO)!;
  const text = (await readFile(join(root, 'public', 'scenarios', file), 'utf8')).replace(/\n$/, '');
  return { text, scenario: pack(runScript(file, text)) };
}

async function picture(scenario: Scenario, entry: GalleryRecording, modules: ModuleSource): Promise<GalleryPicture> {
  const position = momentOf(scenario, entry);
  const views = createHeapViews((await modules('view')).module, scenario.operations);
  const frames: { readonly name: string; readonly frame: HeapFrame }[] = [];
  for (const name of entry.lanes ?? FIRST_LANE_NAMES) {
    const loaded = await loadLaneModules(modules, parseLaneName(name)!);
    const run = LaneRun.open(scenario, { name, memory: {}, fill: false }, loaded, new MemoryPool());
    const frame = views.lane(run.opening);
    for (let slice = run.advance(1 << 18); slice !== null; slice = run.advance(1 << 18)) frame.append(slice);
    run.dispose();
    frame.seek(Math.min(position, frame.logged));
    frames.push({ name, frame });
  }
  const most = Math.max(...frames.map(({ frame }) => frame.facts().pages));
  const grain = GRAINS.find(({ upTo }) => most <= upTo) ?? COARSE;
  const lanes = frames.map(({ name, frame }) => mapOf(name, frame, grain));
  views.dispose();
  return { position, lanes };
}

function momentOf({ operations, marks }: Scenario, { id, moment }: GalleryRecording): Position {
  if (moment === undefined) return operations.count;
  const mark = marks.findLast(({ text }) => text === moment);
  if (mark === undefined) throw new Error(`The gallery's ${id} has no mark "${moment}"`);
  return mark.position;
}

function mapOf(name: string, frame: HeapFrame, { columns, side }: Grain): GalleryMap {
  const { pages } = frame.facts();
  const width = columns * side;
  const height = Math.ceil(pages / columns) * side;
  let states = '';
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const page: Pages = Math.floor(y / side) * columns + Math.floor(x / side);
      const tile = (y % side) * side + (x % side);
      states += (page < pages ? frame.tileState(page, tile, side) : CellState.NotGrown).toString(36);
    }
  }
  return { name, pages, width, states };
}
