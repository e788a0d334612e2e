import type { Style } from '../../labs/report.ts';
import { markerPath, styleOf } from './styles.ts';

interface Props {
  readonly series: readonly { readonly id: string; readonly label: string; readonly style: Style }[];
  /** Dots alone where the chart has no lines. */
  readonly lines?: boolean;
}

/** Names beside a piece of each line, where a chart has no room for names at the lines themselves. */
export function Legend({ series, lines = true }: Props) {
  return (
    <ul className="lab-legend">
      {series.map(({ id, label, style }) => {
        const { colour, dash, marker } = styleOf(style);
        return (
          <li key={id}>
            <svg
              width={lines ? 34 : 12}
              height="12"
              viewBox={lines ? '-17 -6 34 12' : '-6 -6 12 12'}
              aria-hidden="true"
              focusable="false"
            >
              {lines && <line x1={-17} x2={17} stroke={colour} strokeWidth={2} strokeDasharray={dash} />}
              <path d={markerPath(marker, 3.5)} fill={colour} />
            </svg>
            {label}
          </li>
        );
      })}
    </ul>
  );
}
