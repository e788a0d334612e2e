/** px of usual text, larger with larger text. */
const rem = (px: number) => `${px / 16}rem`;

/** The wordmark's steps: cells of a heap, lighter where less of them is live. */
export function Logo({ size = 22 }: { size?: number }) {
  const cells: readonly (readonly [number, number, number])[] = [
    [3, 0, 1],
    [2, 1, 1],
    [3, 1, 0.55],
    [1, 2, 1],
    [2, 2, 1],
    [3, 2, 0.35],
    [4, 2, 0.6],
    [0, 3, 1],
    [1, 3, 1],
    [2, 3, 0.45],
    [3, 3, 0.25],
    [4, 3, 0.45],
    [5, 3, 1],
  ];
  return (
    <svg width={rem(size)} height={rem((size * 4) / 6)} viewBox="0 0 24 16" aria-hidden="true" focusable="false">
      {cells.map(([x, y, opacity]) => (
        <rect key={`${x} ${y}`} x={x * 4} y={y * 4} width="3.6" height="3.6" fill="currentColor" opacity={opacity} />
      ))}
    </svg>
  );
}

export type GlyphName = 'play' | 'pause' | 'start' | 'back' | 'forward' | 'close' | 'theme' | 'options';

const PATHS: Readonly<Record<GlyphName, string>> = {
  play: 'M3 1.5 14 8 3 14.5Z',
  pause: 'M3 2h3.5v12H3zM9.5 2H13v12H9.5z',
  start: 'M2 2h2v12H2zM14 2v12L5 8z',
  back: 'M12 2v12L3 8z',
  forward: 'M4 2v12l9-6z',
  close: 'M3 2 8 7l5-5 1 1-5 5 5 5-1 1-5-5-5 5-1-1 5-5-5-5z',
  theme: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.5v11a5.5 5.5 0 0 1 0-11Z',
  options: 'M2 4h12v1.5H2zM2 10.5h12V12H2zM4 2.5h3V7H4zM9 9h3v4.5H9z',
};

/** Shapes beside words, never instead of them. Drawn here, since a text glyph is a box on some systems. */
export function Glyph({ name, size = 12 }: { name: GlyphName; size?: number }) {
  return (
    <svg width={rem(size)} height={rem(size)} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fill="currentColor" />
    </svg>
  );
}
