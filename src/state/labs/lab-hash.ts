/**
 * A lab's link: `#lab=boundary&n=65536&dir=both`. Readable, without a checksum: every value is one of a list, and what is
 * not on it becomes the lab's own initial value. Characters are those of a share link.
 */
export interface LabPlace {
  readonly lab: string;
  readonly values: Readonly<Record<string, string>>;
}

const MAX_HASH = 600;
const START = '#lab=';
const WORD = /^[a-z]{1,16}$/;
const VALUE = /^[A-Za-z0-9._-]{1,32}$/;

/** Is a hash a lab's? The rest of the page asks this before it reads a hash as something else. */
export function isLabHash(hash: string): boolean {
  return hash.startsWith(START);
}

/** What a lab's hash says, checked in form alone; null where it is none or cannot be one. Items of no such form are left out. */
export function readLabHash(hash: string): LabPlace | null {
  if (!isLabHash(hash) || hash.length > MAX_HASH) return null;
  const [lab, ...items] = hash.slice(START.length).split('&');
  if (lab === undefined || !WORD.test(lab)) return null;
  const values: Record<string, string> = {};
  for (const item of items) {
    const [key, value, ...rest] = item.split('=');
    if (key === undefined || value === undefined || rest.length > 0) continue;
    if (WORD.test(key) && VALUE.test(value)) values[key] = value;
  }
  return { lab, values };
}

/** The hash of a lab with its settings, in the order given. */
export function labHash({ lab, values }: LabPlace): string {
  return [`${START}${lab}`, ...Object.entries(values).map(([key, value]) => `${key}=${value}`)].join('&');
}
