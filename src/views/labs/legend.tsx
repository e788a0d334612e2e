import type { Style } from '../../labs/report.ts';
import { markerPath, styleOf } from './styles.ts';

/** Names beside a piece of each line, where a chart has no room for names at the lines themselves. */
export function Legend({ series }: { series: readonly { id: string; label: string; style: Style }[] }) {
  return (
    <ul className="lab-legend">
      {series.map(({ id, label, style }) => {
        const { colour, dash, marker } = styleOf(style);
        return (
          <li key={id}>
            <svg width="34" height="12" viewBox="-17 -6 34 12" aria-hidden="true" focusable="false">
              <line x1={-17} x2={17} stroke={colour} strokeWidth={2} strokeDasharray={dash} />
              <path d={markerPath(marker, 3.5)} fill={colour} />
            </svg>
            {label}
          </li>
        );
      })}
    </ul>
  );
}
