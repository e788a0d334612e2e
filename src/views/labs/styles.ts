import type { Style } from '../../labs/report.ts';

export type Marker = 'circle' | 'square' | 'triangle' | 'diamond';

/** Colour, dash and marker of each series style: no two share all three, so colour alone never tells. */
export const STYLES: readonly { readonly colour: string; readonly dash: string; readonly marker: Marker }[] = [
  { colour: 'var(--ink)', dash: '', marker: 'circle' },
  { colour: 'var(--f6)', dash: '', marker: 'square' },
  { colour: 'var(--laneA)', dash: '7 3', marker: 'circle' },
  { colour: 'var(--laneB)', dash: '', marker: 'triangle' },
  { colour: 'var(--laneC)', dash: '', marker: 'diamond' },
  { colour: 'var(--laneC)', dash: '7 2 2 2', marker: 'circle' },
  { colour: 'var(--laneD)', dash: '2 2', marker: 'square' },
  { colour: 'var(--f8)', dash: '7 3', marker: 'triangle' },
  { colour: 'var(--laneA)', dash: '2 2', marker: 'diamond' },
  { colour: 'var(--laneB)', dash: '7 2 2 2', marker: 'square' },
];

export const styleOf = (style: Style) => STYLES[style]!;

/** A marker's outline about 0, 0 with a radius of `r` px. */
export function markerPath(marker: Marker, r: number): string {
  switch (marker) {
    case 'circle':
      return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
    case 'square':
      return `M${-r} ${-r}h${2 * r}v${2 * r}h${-2 * r}Z`;
    case 'triangle':
      return `M0 ${-r * 1.2}L${r * 1.15} ${r * 0.9}H${-r * 1.15}Z`;
    case 'diamond':
      return `M0 ${-r * 1.3}L${r * 1.3} 0L0 ${r * 1.3}L${-r * 1.3} 0Z`;
  }
}
