import { useId } from 'react';
import type { Measure } from '../../labs/measure.ts';
import type { RowFigure } from '../../labs/report.ts';
import { measureText } from '../../labs/tables.ts';
import { duration, labsStrings as words } from '../../model/strings/labs.ts';
import { Legend } from './legend.tsx';
import { PlotFrame } from './plot-frame.tsx';
import { decades, logScale } from './scales.ts';
import { markerPath, styleOf } from './styles.ts';

const TOP = 6;
const BOTTOM = 26;
const LABELS = 132;
const RIGHT = 26;
/** Of a row, and of each of its series beyond the first. */
const ROW = 34;
const MORE = 14;
/** Room for a value beside its band. */
const VALUE = 62;

/** A row a case on a logarithmic time axis: medians as dots, bands as bars; hatched up to the bound where the clock could not tell. */
export function RowChart({ figure }: { figure: RowFigure }) {
  const hatch = useId();
  const rowHeight = ROW + MORE * (figure.series.length - 1);
  return (
    <PlotFrame
      figure={figure}
      height={() => TOP + figure.rows.length * rowHeight + BOTTOM}
      places={figure.rows.length}
      lines={figure.series.length}
      read={(at, which) => {
        const row = figure.rows[at]!;
        return words.figure.point(figure.series[which]!.label, row.label, measureText(row.points[which] ?? null));
      }}
      footer={() => (figure.series.length > 1 ? <Legend series={figure.series} lines={false} /> : null)}
    >
      {({ width, height, at, which, pick }) => {
        const right = width - RIGHT;
        const bottom = height - BOTTOM;
        const [low, high] = extent(figure);
        const x = logScale([low, high], [LABELS, right]);
        const ticks = decades(low, high);
        return (
          <>
            <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <line className="plot-hatch" x1="0" y1="0" x2="0" y2="4" />
            </pattern>
            <rect className="plot-paper" x={LABELS} y={TOP} width={right - LABELS} height={bottom - TOP} />
            {ticks.map((tick, i) => (
              <g key={tick} transform={`translate(${x(tick)} 0)`}>
                <line className="plot-grid" y1={TOP} y2={bottom} />
                {(ticks.length < 7 || i % 2 === 0) && (
                  <text className="plot-tick" y={bottom + 17} textAnchor="middle">
                    {duration(tick).replace('.0', '')}
                  </text>
                )}
              </g>
            ))}
            {figure.rows.map((row, r) => {
              const middle = TOP + r * rowHeight + rowHeight / 2;
              return (
                <g key={row.label}>
                  <line
                    className="plot-grid"
                    x1={LABELS}
                    x2={right}
                    y1={middle + rowHeight / 2}
                    y2={middle + rowHeight / 2}
                  />
                  <text
                    className="plot-tick"
                    x={LABELS - 10}
                    y={middle}
                    dy={row.note === '' ? '0.32em' : '-0.15em'}
                    textAnchor="end"
                  >
                    {row.label}
                  </text>
                  {row.note !== '' && (
                    <text className="plot-tick" data-small="" x={LABELS - 10} y={middle} dy="1.05em" textAnchor="end">
                      {row.note}
                    </text>
                  )}
                  {figure.series.map((series, s) => {
                    const measure = row.points[s] ?? null;
                    if (measure === null) return null;
                    const y = middle + (s - (figure.series.length - 1) / 2) * MORE;
                    const { colour, marker } = styleOf(series.style);
                    const picked = at === r && which === s;
                    if (measure.below) {
                      const end = x(measure.median);
                      return (
                        <g
                          key={series.id}
                          data-series={series.id}
                          data-below={measure.median}
                          onPointerEnter={() => pick(r, s)}
                        >
                          <rect
                            x={LABELS + 1}
                            y={y - 5}
                            width={Math.max(0, end - LABELS)}
                            height={10}
                            fill={`url(#${hatch})`}
                          />
                          <text className="plot-tick" x={end + 6} y={y} dy="0.32em">
                            {words.figure.belowShort(duration(measure.median))}
                          </text>
                        </g>
                      );
                    }
                    const end = x(measure.high);
                    const start = x(Math.max(low, measure.low));
                    const before = end > right - VALUE;
                    // A band from edge to edge leaves no room beside it: its value stands above its end.
                    const above = before && start < LABELS + VALUE;
                    return (
                      <g key={series.id} data-series={series.id} onPointerEnter={() => pick(r, s)}>
                        <line className="plot-bar" stroke={colour} x1={start} x2={end} y1={y} y2={y} />
                        <path
                          className="plot-dot"
                          data-value={measure.median}
                          fill={colour}
                          d={markerPath(marker, picked ? 6 : 4.5)}
                          transform={`translate(${x(measure.median)} ${y})`}
                        />
                        <text
                          className="plot-value"
                          style={{ fill: colour }}
                          x={above ? end : before ? start - 8 : end + 8}
                          y={above ? y - 11 : y}
                          dy="0.32em"
                          textAnchor={before ? 'end' : 'start'}
                        >
                          {duration(measure.median)}
                        </text>
                      </g>
                    );
                  })}
                </g>
              );
            })}
          </>
        );
      }}
    </PlotFrame>
  );
}

/** A time of nothing, as a batch between two ticks has it, is no place on a logarithmic axis. */
const MOST_BELOW = 100;

/** Whole decades round everything that is drawn; a bound has a decade below it for its hatching. */
function extent(figure: RowFigure): [number, number] {
  const known = figure.rows.flatMap(({ points }) => points.filter((point): point is Measure => point !== null));
  if (known.length === 0) return [10, 1e6];
  const low = Math.min(
    ...known.map(({ median, low: least, below }) => (below ? median / 10 : Math.max(least, median / MOST_BELOW))),
  );
  const high = Math.max(...known.map(({ high: most }) => most));
  const from = 10 ** Math.floor(Math.log10(Math.max(0.1, low)));
  return [from, Math.max(from * 100, 10 ** Math.ceil(Math.log10(high * 1.5)))];
}
