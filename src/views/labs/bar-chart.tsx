import type { BarFigure } from '../../labs/report.ts';
import { PlotFrame } from './plot-frame.tsx';
import { linearScale } from './scales.ts';

const TOP = 4;
const ROW = 28;
const BAR = 16;
const LABELS = 168;
/** Of a letter of a value, at most. */
const LETTER = 6.5;

/** A bar a row from 0 on: the longest takes the width; each says its value. */
export function BarChart({ figure }: { figure: BarFigure }) {
  const most = Math.max(0, ...figure.rows.map(({ value, band }) => band?.[1] ?? value ?? 0));
  // Room for a value behind the longest bar.
  const values = 12 + LETTER * Math.max(0, ...figure.rows.map(({ text }) => text.length));
  return (
    <PlotFrame
      figure={figure}
      height={() => TOP + figure.rows.length * ROW + 2}
      places={1}
      lines={figure.rows.length}
      read={(_, which) => `${figure.rows[which]!.label}: ${figure.rows[which]!.text}`}
    >
      {({ width, which, pick }) => {
        const labels = Math.min(LABELS, width * 0.4);
        const x = linearScale([0, most || 1], [labels, Math.max(labels + 20, width - values)]);
        return figure.rows.map(({ label, value, band, text, strong }, r) => {
          const middle = TOP + r * ROW + ROW / 2;
          return (
            <g key={label} onPointerEnter={() => pick(0, r)}>
              <text
                className={strong || which === r ? 'plot-value' : 'plot-tick'}
                x={labels - 10}
                y={middle}
                dy="0.32em"
                textAnchor="end"
              >
                {label}
              </text>
              <line className="plot-axis" x1={labels} x2={labels} y1={middle - ROW / 2} y2={middle + ROW / 2} />
              {value !== null && (
                <rect
                  className="plot-length"
                  data-value={value}
                  data-strong={strong || undefined}
                  x={labels}
                  y={middle - BAR / 2}
                  width={x(value) - labels}
                  height={BAR}
                />
              )}
              {band !== null && (
                <path
                  className="plot-span"
                  d={`M${x(band[0])} ${middle}H${x(band[1])}m0 -4v8M${x(band[0])} ${middle - 4}v8`}
                />
              )}
              <text
                className={strong ? 'plot-value' : 'plot-tick'}
                x={(value === null ? labels : x(band?.[1] ?? value)) + 8}
                y={middle}
                dy="0.32em"
              >
                {text}
              </text>
            </g>
          );
        });
      }}
    </PlotFrame>
  );
}
