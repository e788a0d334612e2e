import { type ShareSource, type ShareState, wellFormed } from './link/share-state.ts';
import { LIMITS_JSON } from './state-file-json.ts';

/**
 * `NAME.heapscape.json`, version 1: the state that a link holds, and recordings too, as text that a person can read. What
 * a file leaves out is what link version 1 takes for it. Read strictly: a key that is not known was written by a newer
 * page, a value that cannot be is damage.
 */
export const STATE_FILE = {
  ending: '.heapscape.json',
  type: 'application/json',
  /** UTF-16 units of a recording's name. */
  name: 255,
  /** Bytes of a recording's operation list. */
  recording: LIMITS_JSON.longText,
  /** Bytes of a whole file: each line end of a list takes two, and the list may be nothing but lines. */
  bytes: 2 * LIMITS_JSON.longText + 8 * 1024 * 1024,
  /** Bytes read or written at a time, so that no step takes long. */
  slice: 1024 * 1024,
} as const;

export const FORMAT = 'heapscape';

export type StateFileWritten =
  | { readonly kind: 'file'; readonly file: Blob }
  /** The recording is beyond what a file holds. */
  | { readonly kind: 'too-large'; readonly bytes: number; readonly limit: number };

/** Does a file of this name, beginning so, want `readStateFile` (state-file-read.ts)? Every other file is a recording or a script. */
export function isStateFile(name: string, head: string): boolean {
  return name.endsWith(STATE_FILE.ending) || /^\ufeff?\s*\{\s*"format"\s*:\s*"heapscape"/.test(head);
}

/** The file of a state. Cost: about 10 ms for each MiB of a recording, in slices of 1 MiB. */
export async function writeStateFile(state: ShareState): Promise<StateFileWritten> {
  const { source } = state;
  if (source.kind !== 'recording') return fileOf([stateText(state)]);
  if (source.operations.size > STATE_FILE.recording) {
    return { kind: 'too-large', bytes: source.operations.size, limit: STATE_FILE.recording };
  }
  const [before, after] = stateText(state).split(NO_OPERATIONS) as [string, string];
  const parts: BlobPart[] = [before, NO_OPERATIONS.slice(0, -1)];
  await eachSlice(source.operations, new TextDecoder('utf-8', { ignoreBOM: true }), (piece) => {
    parts.push(JSON.stringify(piece).slice(1, -1));
    return true;
  });
  parts.push('"', after);
  return fileOf(parts);
}

function fileOf(parts: BlobPart[]): StateFileWritten {
  return { kind: 'file', file: new Blob(parts, { type: STATE_FILE.type }) };
}

/** Stands in no string: quotation marks in there are escaped. */
const NO_OPERATIONS = '"operations": ""';

/** The text of a state's file, a recording's operation list empty in it. Cost: about 1 ms for 100 KiB of script. */
export function stateText(state: ShareState): string {
  const { selection, view } = state;
  const settings = {
    format: FORMAT,
    version: 1,
    lanes: state.lanes.map(({ name, policy, memory, fill }) => ({ allocator: name, policy, ...memory, fill })),
    position: state.position,
    selection:
      selection === null
        ? null
        : selection.kind === 'page'
          ? { lane: selection.lane, page: selection.page }
          : { lane: selection.lane, operation: selection.operation },
    focus: state.focus,
    view: view.kind,
    ...(view.kind === 'difference' ? { difference: [view.from, view.to] } : {}),
    colour: state.colour,
    order: state.order,
    zoom: state.zoom,
    firstPage: state.firstPage,
    panels: state.panels,
    theme: state.theme,
    ...sourceMember(state.source),
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}

function sourceMember(source: ShareSource) {
  switch (source.kind) {
    case 'script':
      return { script: wellFormed(source.text) };
    case 'gallery':
      return { gallery: source.id };
    case 'recording':
      return { recording: { name: wellFormed(source.name), operations: '' } };
  }
}

/** Hands a file's text over, at most 1 MiB at a time, until `take` says that it is enough. */
export async function eachSlice(file: Blob, decoder: TextDecoder, take: (piece: string) => boolean): Promise<void> {
  for (let at = 0; at < file.size; at += STATE_FILE.slice) {
    const bytes = await file.slice(at, at + STATE_FILE.slice).arrayBuffer();
    if (!take(decoder.decode(bytes, { stream: true }))) return;
  }
  take(decoder.decode());
}
