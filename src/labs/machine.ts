/** The browser's name and version as its own string tells it; brands come before what they imitate. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg\/(\d+)/, 'Edge'],
  [/OPR\/(\d+)/, 'Opera'],
  [/Firefox\/(\d+)/, 'Firefox'],
  [/(?:Headless)?Chrom(?:e|ium)\/(\d+)/, 'Chromium'],
  [/Version\/(\d+(?:\.\d+)?).*Safari/, 'Safari'],
];

/** `Chromium 156`; the start of the string itself where it names no browser known here. */
export function browserOf(userAgent: string): string {
  for (const [pattern, name] of BROWSERS) {
    const found = pattern.exec(userAgent);
    if (found !== null) return `${name} ${found[1]}`;
  }
  return userAgent.slice(0, 40);
}

/** `Linux x86_64`: what stands in the first brackets, without the window system. */
export function systemOf(userAgent: string): string {
  const inside = /\(([^)]*)\)/.exec(userAgent)?.[1] ?? '';
  return inside
    .split(/;\s*/)
    .filter((part) => part !== 'X11' && !part.startsWith('rv:'))
    .join(' ')
    .slice(0, 60);
}
