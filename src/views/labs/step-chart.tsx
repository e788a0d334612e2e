import { nice, ticks } from 'd3';
import type { StepFigure } from '../../labs/report.ts';
import { labsStrings as words } from '../../model/strings/labs.ts';
import { grouped } from '../../model/strings/numbers.ts';
import { spreadLabels } from '../../paint/charts.ts';
import { PlotFrame } from './plot-frame.tsx';
import { linearScale, stepPath } from './scales.ts';
import { styleOf } from './styles.ts';

const TOP = 18;
const BOTTOM = 40;
const LEFT = 52;
const RIGHT = 108;
/** Places that the arrow keys stop at. */
const STOPS = 40;

/** Amounts that hold from step to step, on linear axes from 0. */
export function StepChart({ figure }: { figure: StepFigure }) {
  const last = Math.max(1, ...figure.series.map(({ values }) => values.length - 1));
  const stops = Math.min(STOPS, last + 1);
  const stepOf = (at: number) => Math.round((at * last) / Math.max(1, stops - 1));
  return (
    <PlotFrame
      figure={figure}
      height={() => 250}
      places={stops}
      lines={figure.series.length}
      read={(at, which) => {
        const { label, values } = figure.series[which]!;
        const step = stepOf(at);
        const value = step < values.length ? grouped(values[step]!) : words.figure.ended;
        return words.figure.point(label, `${figure.xLabel} ${grouped(step)}`, value);
      }}
    >
      {({ width, height, at, which }) => {
        const right = width - RIGHT;
        const bottom = height - BOTTOM;
        const most = Math.max(1, ...figure.series.flatMap(({ values }) => values));
        const x = linearScale([0, last], [LEFT, right]);
        const [, top] = nice(0, most, 10);
        const y = linearScale([0, top], [bottom, TOP]);
        const ends = figure.series.map(({ values }) => y(values.at(-1) ?? 0));
        const placed = spreadLabels(ends, 16, TOP + 4, bottom - 4);
        return (
          <>
            <rect className="plot-paper" x={LEFT} y={TOP} width={right - LEFT} height={bottom - TOP} />
            {ticks(0, top, 5).map((tick) => (
              <g key={tick} transform={`translate(0 ${y(tick)})`}>
                <line className="plot-grid" x1={LEFT} x2={right} />
                <text className="plot-tick" x={LEFT - 8} dy="0.32em" textAnchor="end">
                  {grouped(tick)}
                </text>
              </g>
            ))}
            {ticks(0, last, width < 440 ? 3 : 5).map((tick) => (
              <text key={tick} className="plot-tick" x={x(tick)} y={bottom + 17} textAnchor="middle">
                {grouped(tick)}
              </text>
            ))}
            <text className="plot-tick" x={right} y={bottom + 34} textAnchor="end">
              {figure.xLabel}
            </text>
            {figure.series.map(({ id, values, style, filled }) => {
              const { colour, dash } = styleOf(style);
              const path = stepPath(values.map((value, i) => [x(i), y(value)]));
              return filled ? (
                <path
                  key={id}
                  data-series={id}
                  className="plot-area"
                  fill={colour}
                  d={path === '' ? '' : `${path}V${bottom}H${LEFT}Z`}
                />
              ) : (
                <path key={id} data-series={id} className="plot-line" stroke={colour} strokeDasharray={dash} d={path} />
              );
            })}
            {figure.marks.map(({ at: step, label }) => (
              <g key={label} transform={`translate(${x(step)} 0)`}>
                <line className="plot-mark" y1={TOP} y2={bottom} />
                <text className="plot-tick" x={4} y={TOP + 12}>
                  {label}
                </text>
              </g>
            ))}
            {figure.series.map(({ id, label, values, style }, i) => {
              const endX = x(Math.max(0, values.length - 1));
              return (
                <g key={id}>
                  <polyline
                    className="plot-leader"
                    points={`${endX},${ends[i]} ${right + 4},${ends[i]} ${right + 9},${placed[i]}`}
                  />
                  <text className="plot-label" fill={styleOf(style).colour} x={right + 12} y={placed[i]} dy="0.32em">
                    {label}
                  </text>
                  {at >= 0 && which === i && stepOf(at) < values.length && (
                    <circle
                      className="plot-dot"
                      r={5}
                      fill={styleOf(style).colour}
                      cx={x(stepOf(at))}
                      cy={y(values[stepOf(at)]!)}
                    />
                  )}
                </g>
              );
            })}
          </>
        );
      }}
    </PlotFrame>
  );
}
