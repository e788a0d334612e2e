import { viewsStrings } from '../model/strings/views.ts';
import { type OperationNumber, PAGE_BYTES } from '../model/units.ts';
import {
  inRange,
  type Panel,
  policyHere,
  type ShareLane,
  type ShareSelection,
  type ShareSource,
  type ShareState,
  type ShareView,
} from './link/share-state.ts';
import type { Target } from './pointing.ts';
import type { Records } from './records.ts';
import { blankLane, type Runs } from './runs.ts';
import { type AppState, type AppStore, type Document, type Lane, operationCount } from './store.ts';

/**
 * What a link, a file or a saved piece of work holds, gathered from the page and put back. The selection comes back last,
 * when the lanes are recorded: a block is named by its operation, and only the lane's log says where that put it.
 */

/** The page as a link holds it. `operations`: the list of a recording of the visitor's own, which files hold and links do not. */
export function shareState(state: AppState, operations: Blob = new Blob()): ShareState {
  const { lanes, position, theme } = state;
  const atEnd = state.following || (state.reached > 0 && position >= operationCount(state));
  const panels: [Panel, boolean][] = [
    ['script', state.scriptOpen],
    ['inspector', state.inspectorOpen],
    ['table', state.tableOpen],
  ];
  return {
    source: shareSource(state.document, operations),
    lanes: lanes.map(({ config }): ShareLane => ({ ...config, policy: policyHere(config.name) })),
    position: atEnd ? null : position,
    selection: shareSelection(state.link.selected, lanes),
    focus: Math.max(0, indexOf(lanes, state.focusedLane)),
    colour: state.colour,
    order: state.order,
    view: viewOver(state.view, lanes.length),
    zoom: state.zoom,
    firstPage: inRange('page', state.firstPage) ? state.firstPage : 0,
    panels: panels.filter(([, open]) => open).map(([name]) => name),
    theme: theme === 'system' ? null : theme,
  };
}

function shareSource(document: Document, operations: Blob): ShareSource {
  if (document.origin.kind === 'gallery') return { kind: 'gallery', id: document.origin.id };
  return document.kind === 'script'
    ? { kind: 'script', text: document.text }
    : { kind: 'recording', name: document.name, operations };
}

function shareSelection(target: Target | null, lanes: readonly Lane[]): ShareSelection | null {
  if (target?.kind !== 'page' && target?.kind !== 'block') return null;
  const lane = indexOf(lanes, target.lane);
  if (lane < 0) return null;
  if (target.kind === 'block') return { kind: 'block', lane, operation: target.operation };
  return inRange('page', target.page) ? { kind: 'page', lane, page: target.page } : null;
}

const indexOf = (lanes: readonly Lane[], key: string) => lanes.findIndex((lane) => lane.key === key);

/** The view, where the lanes that it names are there. */
function viewOver(view: ShareView, lanes: number): ShareView {
  if (view.kind !== 'difference') return view;
  return view.from !== view.to && view.from < lanes && view.to < lanes ? view : { kind: 'compare' };
}

/** What else to say of a state that is opened. */
export interface OpenOptions {
  /** Name of a script, which a link does not carry. */
  readonly name?: string;
  /** The piece of work that it goes on with; a new one where left out. */
  readonly work?: string;
}

/** Opens shared states: the document, its lanes and the look of the page together. */
export class Sharing {
  private readonly store: AppStore;
  private readonly runs: Runs;
  private readonly records: Records;
  private readonly galleryDocument: (id: string) => Promise<Document | null>;
  /** Newest state asked for; an older one that is still on its way is dropped. */
  private asked = 0;
  private waiting = 0;
  private lanesMade = 0;

  /** `galleryDocument` gives null after it has said why there is none. */
  constructor(
    store: AppStore,
    runs: Runs,
    records: Records,
    galleryDocument: (id: string) => Promise<Document | null>,
  ) {
    this.store = store;
    this.runs = runs;
    this.records = records;
    this.galleryDocument = galleryDocument;
  }

  /** A state is on its way. */
  get pending(): boolean {
    return this.waiting > 0;
  }

  /** Something that will open a state, or find that there is none, counts as one on its way. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.waiting++;
    try {
      return await work();
    } finally {
      this.waiting--;
    }
  }

  /**
   * Opens a state. Resolves when it is shown and its selection made: true; or false where its document was refused and the
   * page is as it was, or where something else was opened meanwhile.
   */
  async open(share: ShareState, { name = viewsStrings.bar.own, work }: OpenOptions = {}): Promise<boolean> {
    this.asked++;
    const { asked } = this;
    return this.during(async () => {
      const document = await this.documentOf(share.source, name);
      return document !== null && asked === this.asked && this.show(document, share, work);
    });
  }

  /** As `open`, of a document that is there already, whatever source the state names. */
  async show(document: Document, share: ShareState, work?: string): Promise<boolean> {
    return this.during(async () => {
      const before = this.store.getState();
      this.setLanes(share);
      this.setLook(share);
      const opened = this.runs.open(document, { position: share.position, ...(work === undefined ? {} : { work }) });
      const outcome = await this.arrival(opened, before.generation);
      if (outcome === 'refused') this.putBack(before);
      if (outcome === 'recorded') this.select(share);
      return outcome === 'recorded' || outcome === 'rejected';
    });
  }

  /** Other lanes over what is open, the focus and the view that speak of them. Lanes that are there already keep their run. */
  setLanes({ lanes, focus, view }: ShareState): void {
    const left = [...this.store.getState().lanes];
    const now = lanes.map((lane) => {
      const at = left.findIndex((other) => sameLane(lane, other));
      if (at >= 0) return left.splice(at, 1)[0]!;
      const { name, memory, fill } = lane;
      return blankLane(`shared-${this.lanesMade++}`, { name, memory, fill });
    });
    const before = this.store.getState().lanes;
    if (now.length !== before.length || now.some((lane, k) => lane !== before[k])) this.runs.setLanes(now);
    this.store.setState(({ focusedLane }) => ({ focusedLane: now[focus]?.key ?? focusedLane, view }));
  }

  private async documentOf(source: ShareSource, name: string): Promise<Document | null> {
    switch (source.kind) {
      case 'gallery':
        return this.galleryDocument(source.id);
      case 'script':
        return { kind: 'script', name, text: source.text, origin: { kind: 'own' } };
      case 'recording':
        return { kind: 'recording', name: source.name, data: source.operations, origin: { kind: 'own' } };
    }
  }

  private setLook({ colour, order, zoom, firstPage, panels, theme }: ShareState): void {
    this.store.setState({
      colour,
      order,
      zoom,
      firstPage,
      scriptOpen: panels.includes('script'),
      inspectorOpen: panels.includes('inspector'),
      tableOpen: panels.includes('table'),
      ...(theme === null ? {} : { theme }),
    });
  }

  /** What a piece of work came to that was just opened. */
  private arrival(work: string, generation: number): Promise<'recorded' | 'rejected' | 'refused' | 'gone'> {
    return new Promise((resolve) => {
      const outcome = ({ generation: now, lanes, status, work: shown }: AppState) => {
        if (status.kind === 'rejected' || status.kind === 'refused') return status.kind;
        if (status.kind === 'lost' || (now > generation && shown !== work)) return 'gone';
        const done = lanes.every((lane) => lane.result !== null || lane.unopened !== null);
        return now > generation && done ? 'recorded' : null;
      };
      const look = (state: AppState) => {
        const came = outcome(state);
        if (came === null) return;
        stop();
        resolve(came);
      };
      const stop = this.store.subscribe(look);
      look(this.store.getState());
    });
  }

  /** The selection, and what a new run has put back of the look that depends on it. */
  private select({ selection, zoom, firstPage }: ShareState): void {
    const lane = selection === null ? undefined : this.store.getState().lanes[selection.lane];
    if (selection === null || lane === undefined) return;
    const selected: Target | null =
      selection.kind === 'page'
        ? { kind: 'page', lane: lane.key, page: selection.page }
        : this.blockTarget(lane.key, selection.operation);
    if (selected !== null) this.store.setState({ link: { hover: null, selected }, zoom, firstPage });
  }

  private blockTarget(lane: string, operation: OperationNumber): Target | null {
    const block = this.records.lane(lane).frame?.blockOf(operation) ?? null;
    return block && { kind: 'block', lane, operation, page: Math.floor(block.address / PAGE_BYTES) };
  }

  /** Lanes and look as they were: the recording that came with others was not taken. */
  private putBack(before: AppState): void {
    const share = shareState(before);
    const { status } = this.store.getState();
    this.setLanes(share);
    this.setLook(share);
    // Lanes that run again are no reason to forget why the recording was not taken.
    this.store.setState({ status, theme: before.theme });
  }
}

function sameLane(lane: ShareLane, { config }: Lane): boolean {
  const { name, fill, memory } = config;
  const sameMemory = (['base', 'initial', 'max'] as const).every((field) => lane.memory[field] === memory[field]);
  return lane.name === name && lane.fill === fill && sameMemory;
}
