import type { ShareState } from './link/share-state.ts';
import { type Sharing, shareState } from './sharing.ts';
import type { AppState, AppStore, Document, ThemeChoice } from './store.ts';
import { LESSON_WORK } from './work.ts';

/** What a step changed; the document above all, since everything else came with it. */
export type Undoable = 'document' | 'lanes' | 'view' | 'colour' | 'order' | 'table';

interface Snapshot {
  readonly share: ShareState;
  readonly document: Document;
  readonly work: string;
  /** The visitor's own choice: a link may have brought another. */
  readonly theme: ThemeChoice;
}

interface Step {
  readonly what: readonly Undoable[];
  /** The page before the step; of a step to be done again, the page after it. */
  readonly state: Snapshot;
}

const MOST_STEPS = 50;

/**
 * Undo of all that is no typing: another document, lanes added, removed, configured or moved, colour, order, view. It watches
 * the store, so that no command needs to know of it; what changes together, within one task or one opening, is one step.
 * A text comes back as it was when something else was opened over it.
 */
export class Undo {
  private readonly store: AppStore;
  private readonly sharing: Sharing;
  private past: Step[] = [];
  private future: Step[] = [];
  /** The page before the changes that are not a step yet. */
  private start: AppState | null = null;
  private held = 0;
  private restoring = false;

  constructor(store: AppStore, sharing: Sharing) {
    this.store = store;
    this.sharing = sharing;
    store.subscribe((state, before) => {
      if (this.restoring || this.start !== null || before.work === '' || changes(before, state).length === 0) return;
      // A lesson stands beside the visitor's work: neither its steps nor its coming and going are steps of that.
      if (before.work === LESSON_WORK || state.work === LESSON_WORK || state.course !== null) return;
      this.start = before;
      queueMicrotask(() => this.settle());
    });
  }

  /** What `act` does, at once and later, is one step. */
  async together<T>(act: () => Promise<T>): Promise<T> {
    this.settle();
    this.held++;
    try {
      return await act();
    } finally {
      this.held--;
      this.settle();
    }
  }

  /** Something that this did not see has taken the place of `before`: a step like any other. */
  replaced(before: AppState): void {
    this.past = [...this.past, { what: ['document', 'lanes'] as const, state: snapshot(before) }].slice(-MOST_STEPS);
    this.future = [];
  }

  /** Takes the last step back; resolves to what it was, null where there is none. */
  undo(): Promise<readonly Undoable[] | null> {
    return this.move(this.past, this.future);
  }

  /** Does the step again that was taken back last. */
  redo(): Promise<readonly Undoable[] | null> {
    return this.move(this.future, this.past);
  }

  private settle(): void {
    if (this.held > 0 || this.start === null) return;
    const before = this.start;
    this.start = null;
    const what = changes(before, this.store.getState());
    if (what.length === 0) return;
    this.past = [...this.past, { what, state: snapshot(before) }].slice(-MOST_STEPS);
    this.future = [];
  }

  private async move(from: Step[], to: Step[]): Promise<readonly Undoable[] | null> {
    this.settle();
    const step = this.restoring ? undefined : from.pop();
    if (step === undefined) return null;
    to.push({ what: step.what, state: snapshot(this.store.getState()) });
    this.restoring = true;
    try {
      await this.restore(step);
    } finally {
      this.restoring = false;
      this.start = null;
    }
    return step.what;
  }

  private async restore({ what, state: { share, document, work, theme } }: Step): Promise<void> {
    const { colour, order, panels } = share;
    if (what.includes('document')) {
      this.store.setState({ theme });
      await this.sharing.show(document, share, work);
      return;
    }
    if (what.includes('lanes')) this.sharing.setLanes(share);
    this.store.setState({
      ...(what.includes('view') ? { view: share.view } : {}),
      ...(what.includes('colour') ? { colour } : {}),
      ...(what.includes('order') ? { order } : {}),
      ...(what.includes('table') ? { tableOpen: panels.includes('table') } : {}),
    });
  }
}

function snapshot(state: AppState): Snapshot {
  const { document, work, theme } = state;
  return { share: shareState(state), document, work, theme };
}

function changes(before: AppState, after: AppState): readonly Undoable[] {
  const what: Undoable[] = [];
  if (before.work !== after.work) what.push('document');
  if (otherLanes(before, after)) what.push('lanes');
  if (before.view !== after.view) what.push('view');
  if (before.colour !== after.colour) what.push('colour');
  if (before.order !== after.order) what.push('order');
  if (before.tableOpen !== after.tableOpen) what.push('table');
  return what;
}

/** Runs give lanes other results all the time; only their settings and their order count. */
function otherLanes({ lanes: before }: AppState, { lanes: after }: AppState): boolean {
  if (before === after) return false;
  return before.length !== after.length || before.some(({ config }, k) => config !== after[k]!.config);
}
