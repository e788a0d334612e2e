import { createStore, type StoreApi } from 'zustand/vanilla';
import { LAB_IDS, LABS, type LabId } from '../../labs/catalog.ts';
import { startLab } from '../../labs/client.ts';
import { settled } from '../../labs/controls.ts';
import type { Lab, OwnScenario, Values } from '../../labs/lab.ts';
import type { Provenance } from '../../labs/protocol.ts';
import { labHash, readLabHash } from './lab-hash.ts';

/** How a lab stands. `data` is what was measured so far, with the settings that it was measured with. */
export type RunState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly done: number; readonly total: number; readonly what: string }
  | { readonly kind: 'done' }
  /** The visitor ended it; what was measured stays. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'missing'; readonly feature: string }
  | { readonly kind: 'failed'; readonly message: string };

export interface LabResult {
  readonly data: unknown;
  readonly values: Values;
  readonly provenance: Provenance;
}

/** One lab on the page; it keeps its settings and its result while others are looked at. */
export interface LabPage {
  readonly lab: Lab;
  readonly values: Values;
  readonly run: RunState;
  readonly result: LabResult | null;
}

export interface LabsState {
  readonly shown: LabId;
  /** The labs that were opened so far. */
  readonly pages: Readonly<Partial<Record<LabId, LabPage>>>;
  /** The shown lab could not be loaded. */
  readonly failed: boolean;
}

export interface Labs {
  readonly store: StoreApi<LabsState>;
  /** Shows a lab; `values` are what a link says, unchecked. */
  open(id: LabId, values?: Readonly<Record<string, string>>): Promise<void>;
  /** Opens what a hash says; false where it names no lab that there is. */
  openHash(hash: string): boolean;
  set(key: string, value: string): void;
  /** Runs the shown lab anew with its settings; whatever runs is ended. */
  run(): void;
  /** Ends what runs. */
  stop(): void;
  /** The hash of what is shown. */
  hash(): string;
}

/** The labs' settings and results. `own` gives what is open in the comparison. `start` begins a run; the page's own starts a worker. */
export function createLabs(own: () => OwnScenario, start: typeof startLab = startLab): Labs {
  const store = createStore<LabsState>(() => ({ shown: LAB_IDS[0]!, pages: {}, failed: false }));
  let end: (() => void) | null = null;
  const change = (id: LabId, part: Partial<LabPage>) =>
    store.setState(({ pages }) => {
      const page = pages[id];
      return page === undefined ? {} : { pages: { ...pages, [id]: { ...page, ...part } } };
    });
  const stop = () => {
    if (end === null) return;
    end();
    end = null;
    for (const [id, page] of Object.entries(store.getState().pages)) {
      if (page.run.kind === 'running') change(id as LabId, { run: { kind: 'stopped' } });
    }
  };
  return {
    store,
    stop,
    async open(id, values = {}) {
      store.setState({ shown: id, failed: false });
      try {
        const lab = store.getState().pages[id]?.lab ?? (await LABS[id].lab());
        // It may have been opened once more meanwhile: what a link says holds, whoever comes first.
        store.setState(({ pages }) => {
          const known = pages[id];
          const page = { run: { kind: 'idle' }, result: null, ...known, lab } as const;
          return {
            pages: { ...pages, [id]: { ...page, values: settled(lab.controls, { ...known?.values, ...values }) } },
          };
        });
      } catch {
        if (store.getState().shown === id) store.setState({ failed: true });
      }
    },
    openHash(hash) {
      const place = readLabHash(hash);
      const id = LAB_IDS.find((other) => other === place?.lab);
      if (place === null || id === undefined) return false;
      void this.open(id, place.values);
      return true;
    },
    set(key, value) {
      const { shown, pages } = store.getState();
      const page = pages[shown];
      if (page !== undefined) change(shown, { values: settled(page.lab.controls, { ...page.values, [key]: value }) });
    },
    run() {
      stop();
      const { shown: id, pages } = store.getState();
      const page = pages[id];
      if (page === undefined) return;
      const { values } = page;
      change(id, { run: { kind: 'running', done: 0, total: 0, what: '' }, result: null });
      end = start({ lab: id, values, own: own() }, (reply) => {
        switch (reply.type) {
          case 'progress': {
            const { done, total, what, data, provenance } = reply;
            change(id, { run: { kind: 'running', done, total, what }, result: { data, values, provenance } });
            return;
          }
          case 'done':
            change(id, { run: { kind: 'done' }, result: { data: reply.data, values, provenance: reply.provenance } });
            break;
          case 'missing':
            change(id, { run: { kind: 'missing', feature: reply.feature } });
            break;
          case 'failed':
            change(id, { run: { kind: 'failed', message: reply.message } });
            break;
        }
        end = null;
      });
    },
    hash() {
      const { shown, pages } = store.getState();
      return labHash({ lab: shown, values: pages[shown]?.values ?? {} });
    },
  };
}

/** What a report is made with: the settings of the run, and those that change only how it is looked at as they are now. */
export function reportValues({ controls }: Lab, result: LabResult, now: Values): Values {
  return Object.fromEntries(
    controls.map(({ key, looksOnly }) => [key, (looksOnly ? now[key] : result.values[key]) ?? '']),
  );
}

/** Would another run measure something else than what is shown? */
export function changedSince({ lab, result, values }: LabPage): boolean {
  return result !== null && lab.controls.some(({ key, looksOnly }) => !looksOnly && values[key] !== result.values[key]);
}
