/** Long enough for every browser to have taken the file, short enough to free its memory. */
const KEPT_MS = 60_000;

/** Hands a file to the browser to save under a name. Nothing leaves the machine. */
export function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}

/** `Chat server` and `.ops` give `chat-server.ops`: letters, digits and hyphens only, whatever the title or file was called. */
export function fileName(title: string, ending: string): string {
  const stem = title
    .normalize('NFKD')
    .replace(/\.[a-z0-9]{1,10}$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${stem === '' ? 'scenario' : stem}${ending}`;
}
