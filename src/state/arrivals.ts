import { isGalleryId } from '../script/gallery.ts';
import type { App } from './app.ts';
import { readLink } from './link/hash.ts';
import { policyText, refusalText } from './link/messages.ts';
import type { Arrival } from './link/share-state.ts';
import { readStateFile } from './state-file-read.ts';

/**
 * Opens what comes from outside: the hash of an address, a state file. What cannot be opened is said, and nothing of the
 * visitor's own is touched.
 */

const NOTICE = 'arrival';

/** `elsewhere`: it leads to a part of the page that answers for it. */
export type LinkOutcome = 'none' | 'opened' | 'elsewhere' | 'refused';

/** Opens the hash of an address, with or without its `#`. */
export async function openLink(app: App, hash: string): Promise<LinkOutcome> {
  app.look.dismiss(NOTICE);
  const reserved = /^#?(l|deck)=(.*)$/s.exec(hash);
  if (reserved && (await app.reserved.get(reserved[1] as 'l' | 'deck')?.(reserved[2]!))) return 'elsewhere';
  const arrival = readLink(hash, isGalleryId);
  if (arrival.kind === 'none') return 'none';
  return (await open(app, arrival, 'link')) ? 'opened' : 'refused';
}

/** Opens a file that was saved as `NAME.heapscape.json`. */
export async function openStateFile(app: App, file: Blob): Promise<boolean> {
  app.look.dismiss(NOTICE);
  return open(app, await readStateFile(file, isGalleryId), 'file');
}

async function open(app: App, arrival: Arrival, thing: 'link' | 'file'): Promise<boolean> {
  if (arrival.kind !== 'state') {
    const ways = arrival.kind === 'newer' ? (['reload'] as const) : [];
    app.look.notify({ key: NOTICE, text: refusalText(arrival, thing), alert: true, ways });
    return false;
  }
  const text = arrival.policies.map(policyText).join(' ');
  if (text !== '') app.look.notify({ key: NOTICE, text, alert: false, ways: [] });
  const { section } = app.store.getState();
  app.look.show('compare');
  const opened = await app.undo.together(() => app.sharing.open(arrival.state));
  if (!opened) app.look.show(section);
  return opened;
}
