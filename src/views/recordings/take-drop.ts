import { recordingStrings } from '../../model/strings/recordings.ts';

/** A file to be read, and what the visitor should know about the choice (empty where nothing was chosen between). */
export type Taken =
  | { readonly kind: 'file'; readonly file: File; readonly notice: string }
  /** Nothing could be taken, and why. */
  | { readonly kind: 'none'; readonly message: string };

/** What a drop or paste holds, read at once: a browser empties it when its event is over. */
export interface Offer {
  readonly files: readonly File[];
  /** For each of `files` its entry, which tells a folder from a file; null where the browser does not say. */
  readonly entries: readonly (FileSystemEntry | null)[];
  readonly text: string;
  readonly isLink: boolean;
}

const say = recordingStrings;

/** Copies what a drop or paste holds before its event is over. */
export function offerOf(transfer: DataTransfer): Offer {
  const entries: (FileSystemEntry | null)[] = [];
  for (const item of transfer.items) {
    if (item.kind === 'file') entries.push(item.webkitGetAsEntry?.() ?? null);
  }
  const text = transfer.getData('text/plain') || transfer.getData('text/uri-list');
  return { files: [...transfer.files], entries, text, isLink: /^[a-z][a-z0-9+.-]*:\/\/\S+\s*$/i.test(text) };
}

/** Takes the first file of an offer, of its folder, or its text as a file of the given name. */
export async function take(offer: Offer, textName: string): Promise<Taken> {
  const folder = offer.entries.find((entry) => entry?.isDirectory === true);
  const loose = offer.files.filter((_, index) => offer.entries[index]?.isDirectory !== true);
  const first = loose[0];
  if (first !== undefined) {
    const others = offer.files.length - 1;
    return { kind: 'file', file: first, notice: others === 0 ? '' : say.severalFiles(first.name, others) };
  }
  if (folder !== undefined) return takeFromFolder(folder as FileSystemDirectoryEntry);
  if (offer.isLink) return { kind: 'none', message: say.link };
  if (offer.text !== '') {
    return { kind: 'file', file: new File([offer.text], textName, { type: 'text/plain' }), notice: '' };
  }
  return { kind: 'none', message: say.nothing };
}

async function takeFromFolder(folder: FileSystemDirectoryEntry): Promise<Taken> {
  try {
    const files = (await entriesOf(folder))
      .filter((entry): entry is FileSystemFileEntry => entry.isFile && !entry.name.startsWith('.'))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const first = files[0];
    if (first === undefined) return { kind: 'none', message: say.emptyFolder(folder.name) };
    const file = await new Promise<File>((resolve, reject) => first.file(resolve, reject));
    return { kind: 'file', file, notice: say.folder(folder.name, file.name, files.length - 1) };
  } catch {
    return { kind: 'none', message: say.unreadable(folder.name) };
  }
}

/** A folder hands out its entries in batches and says with an empty one that it is done. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return all;
    all.push(...batch);
  }
}

/** Whether an element takes text itself, so that a paste or a dropped text is meant for it. */
export function takesText(target: EventTarget | null): boolean {
  if (typeof Element === 'undefined' || !(target instanceof Element)) return false;
  const field = target.closest('input, textarea, [contenteditable]');
  if (field === null) return false;
  if (field instanceof HTMLInputElement) return !NOT_TEXT.has(field.type);
  return field.getAttribute('contenteditable') !== 'false';
}

const NOT_TEXT = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'hidden',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
]);
