import { workStrings } from '../../model/strings/work.ts';
import { isGalleryId } from '../../script/gallery.ts';
import type { App } from '../app.ts';
import type { ShareState } from '../link/share-state.ts';
import { shareState } from '../sharing.ts';
import { STATE_FILE, stateText } from '../state-file.ts';
import type { AppState, SaveState } from '../store.ts';
import { isOwnWork, LESSON_WORK, newWork } from '../work.ts';
import type { Archive, Entry } from './archive.ts';
import type { Claims } from './claims.ts';

/** A recording of the visitor's own is kept up to this size. */
export const MOST_RECORDING_BYTES = 64 * 1024 * 1024;

/** Typing is saved no later than this after the first letter; with the disk's answer that stays below half a second. */
const TEXT_MS = 300;
/** The playhead is saved when it has rested for this long. */
const REST_MS = 600;

/** Small facts of this tab, which survive a reload of it and no more. */
export interface TabMemory {
  get(key: string): string | null;
  set(key: string, value: string): void;
}

/** Where a piece of work is kept, and what was last written there. */
interface Place {
  id: string;
  /** Revision that this page wrote or read last; 0 before that. */
  revision: number;
  text: string;
  recordingKept: boolean;
}

/** A piece of work that is about to be opened. */
export interface Reading {
  readonly share: ShareState;
  readonly name: string;
  readonly work: string;
}

/**
 * Keeps the visitor's work: text and settings as they change, each piece under an id of its own, and brings it back. Nothing
 * is ever written over what another tab, a newer page or a damaged disk has put there: then the work goes on under a new
 * id, and both are kept.
 */
export class Keeper {
  private readonly app: App;
  private readonly archive: Archive;
  private readonly claims: Claims;
  private readonly tab: TabMemory;
  private readonly places = new Map<string, Place>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  /** The timer waits for the playhead to rest, not for the next save of a change. */
  private resting = false;
  /** When the playhead moved last, in ms as `performance.now` has it. */
  private moved = 0;
  /** The text was changed by hand since the last save. */
  private typed = false;
  /** Saves follow one another. */
  private writing: Promise<void> = Promise.resolve();

  constructor(app: App, archive: Archive, claims: Claims, tab: TabMemory) {
    this.app = app;
    this.archive = archive;
    this.claims = claims;
    this.tab = tab;
  }

  /** From now on what changes is saved. */
  start(): void {
    this.app.store.subscribe((state, before) => this.changed(state, before));
  }

  /** Takes what the page shows for changed: it has been used since before this was there. */
  catchUp(): void {
    const { document, work } = this.app.store.getState();
    if (work === LESSON_WORK || !isOwnWork(document)) return;
    this.typed = true;
    this.app.store.setState({ saved: { kind: 'saving' } });
    this.wait(TEXT_MS, false);
  }

  /** Saves at once what is not saved yet. */
  flush(): Promise<void> {
    if (this.timer !== null) this.saveNow(this.app.store.getState());
    return this.writing;
  }

  /** The visitor's own pieces of work, newest first. What cannot be read is told. */
  async list(): Promise<readonly Entry[]> {
    const { entries } = await this.look();
    return entries.filter(({ record }) => record.own);
  }

  /**
   * The piece of work that this tab had, else, where `any`, the newest of all, ready to be opened. Null where there is none
   * that can be read.
   */
  async find(any: boolean): Promise<Reading | null> {
    const { entries } = await this.look();
    await this.archive.prune(entries);
    const had = this.tab.get('work');
    const entry = entries.find(({ id }) => id === had) ?? (any ? entries[0] : undefined);
    return entry === undefined ? null : this.read(entry);
  }

  /** Opens a piece of work; as a copy where another tab has it open. */
  async reopen(entry: Entry): Promise<boolean> {
    const opening = await this.read(entry);
    if (opening !== null) this.app.look.show('compare');
    return opening !== null && this.open(opening);
  }

  open({ share, name, work }: Reading): Promise<boolean> {
    const { undo, sharing } = this.app;
    return undo.together(() => sharing.open(share, { name, work }));
  }

  private async read({ id, record }: Entry): Promise<Reading | null> {
    // Not before there is something to read.
    const { readStateFile } = await import('../state-file-read.ts');
    const arrival = await readStateFile(new Blob([record.text]), isGalleryId);
    if (arrival.kind !== 'state') {
      if (arrival.kind === 'damaged') await this.archive.quarantine(id);
      return this.cannot(arrival.kind === 'damaged' ? workStrings.damaged(1) : workStrings.newer(1));
    }
    let share = arrival.state;
    if (share.source.kind === 'recording') {
      const operations = await this.archive.recording(id);
      if (operations === null) return this.cannot(workStrings.recordingGone(share.source.name));
      share = { ...share, source: { ...share.source, operations } };
    }
    const work = newWork();
    const mine = await this.claims.take(id, this.tab.get('work') === id);
    const place = mine ? { id, revision: record.revision } : { id: newWork(), revision: 0 };
    // A copy is saved with its first change: until then there is nothing in it that is not kept already.
    this.places.set(work, { ...place, text: record.text, recordingKept: mine });
    return { share, name: record.name, work };
  }

  private cannot(text: string): null {
    this.app.look.notify({ key: 'kept', text, alert: true, ways: ['export'] });
    return null;
  }

  /** Is this the place of what the page shows? */
  isHere(id: string): boolean {
    return this.places.get(this.app.store.getState().work)?.id === id;
  }

  remove(id: string): Promise<void> {
    return this.archive.remove([id]);
  }

  export(): Promise<Blob> {
    return this.archive.export();
  }

  private async look() {
    const { entries, damaged, newer } = await this.archive.list();
    const text = [damaged > 0 ? workStrings.damaged(damaged) : '', newer > 0 ? workStrings.newer(newer) : ''];
    if (damaged + newer > 0) this.cannot(text.filter((part) => part !== '').join(' '));
    return { entries };
  }

  private changed(state: AppState, before: AppState): void {
    if (state.work !== before.work) {
      // What was typed last must not be lost to what is opened over it.
      if (this.timer !== null) this.saveNow(before);
    } else if (state.document !== before.document) this.typed = true;
    if (state.document !== before.document || otherSettings(state, before)) {
      const kept = state.work !== LESSON_WORK && isOwnWork(state.document);
      this.app.store.setState({ saved: { kind: kept ? 'saving' : 'none' } });
      if (this.timer === null || this.resting) this.wait(TEXT_MS, false);
    } else if (state.position !== before.position || state.link.selected !== before.link.selected) {
      this.moved = performance.now();
      if (this.timer === null) this.wait(REST_MS, true);
    }
  }

  private wait(ms: number, resting: boolean): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.resting = resting;
    this.timer = setTimeout(() => {
      this.timer = null;
      const early = resting ? this.moved + REST_MS - performance.now() : 0;
      // Half of what is being opened is there yet: it is saved when all of it is. What is typed meanwhile does not wait.
      if (early > 0) this.wait(early, true);
      else if (this.app.sharing.pending && !this.typed) this.wait(TEXT_MS, false);
      else this.saveNow(this.app.store.getState());
    }, ms);
  }

  private saveNow(state: AppState): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.typed = false;
    this.enqueue(state);
  }

  private enqueue(state: AppState): void {
    this.writing = this.writing.then(() => this.save(state));
  }

  private async save(state: AppState): Promise<void> {
    const { document, work } = state;
    const own = isOwnWork(document);
    if (work === '' || work === LESSON_WORK || (state.guide && !own)) return;
    const place = this.places.get(work) ?? { id: work, revision: 0, text: '', recordingKept: false };
    this.places.set(work, place);
    const recording = own && document.kind === 'recording' ? document.data : undefined;
    if (recording !== undefined && recording.size > MOST_RECORDING_BYTES) {
      this.say(state, { kind: 'too-large' });
      return;
    }
    const text = stateText(shareState(state));
    if (text !== place.text) {
      const name = document.name.slice(0, STATE_FILE.name);
      try {
        await this.write(place, { own, name, text }, recording);
      } catch (error) {
        this.say(state, { kind: 'failed', why: isFull(error) ? 'full' : 'refused' });
        return;
      }
      if (this.app.store.getState().work === work) this.tab.set('work', place.id);
    }
    // What was typed since is on its way.
    if (this.timer === null || this.resting) this.say(state, own ? { kind: 'saved' } : { kind: 'none' });
  }

  private async write(
    place: Place,
    content: { own: boolean; name: string; text: string },
    recording: Blob | undefined,
  ): Promise<void> {
    if (!(await this.claims.take(place.id))) this.move(place);
    for (;;) {
      const bytes = recording === undefined || place.recordingKept ? {} : { recording };
      const saved = await this.archive.save(place.id, { ...content, ...bytes }, place.revision);
      if (saved.kind === 'saved') {
        Object.assign(place, { revision: saved.revision, text: content.text, recordingKept: true });
        return;
      }
      this.move(place);
      await this.claims.take(place.id);
    }
  }

  /** Goes on under another id; what is under this one is somebody else's. */
  private move(place: Place): void {
    Object.assign(place, { id: newWork(), revision: 0, recordingKept: false });
  }

  /** How it stands with what the page shows; a save of what it showed before says nothing about that. */
  private say(of: AppState, saved: SaveState): void {
    const { store, look } = this.app;
    if (store.getState().work !== of.work) return;
    store.setState({ saved });
    const text =
      saved.kind === 'failed'
        ? workStrings.failed[saved.why]
        : saved.kind === 'too-large' && of.document.kind === 'recording'
          ? workStrings.tooLarge(of.document.data.size, MOST_RECORDING_BYTES)
          : '';
    const alert = saved.kind === 'failed';
    if (text === '') look.dismiss('saving');
    else look.notify({ key: 'saving', text, alert, ways: alert ? ['file'] : [] });
  }
}

/** Settings that are saved soon after they change. Asked of every change of the store, sixty times a second at times. */
function otherSettings(state: AppState, before: AppState): boolean {
  for (const key of SETTINGS) if (state[key] !== before[key]) return true;
  if (state.lanes === before.lanes) return false;
  if (state.lanes.length !== before.lanes.length) return true;
  for (let k = 0; k < state.lanes.length; k++) if (state.lanes[k]!.config !== before.lanes[k]!.config) return true;
  return false;
}

const SETTINGS = [
  'colour',
  'order',
  'view',
  'tableOpen',
  'theme',
  'focusedLane',
  'scriptOpen',
  'inspectorOpen',
  'zoom',
  'firstPage',
] as const satisfies readonly (keyof AppState)[];

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
