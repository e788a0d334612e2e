import type { Dialog } from '../../src/state/store.ts';

const ALL: Readonly<Record<Dialog, true>> = {
  gallery: true,
  export: true,
  inspector: true,
  keys: true,
  palette: true,
  metrics: true,
  save: true,
  recordings: true,
  share: true,
  recent: true,
  reference: true,
};

/** Every dialog of the page. */
export const DIALOGS = Object.keys(ALL) as Dialog[];
