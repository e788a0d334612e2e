import { useId } from 'react';
import type { Measure } from '../../labs/measure.ts';
import type { LineFigure } from '../../labs/report.ts';
import { measureText } from '../../labs/tables.ts';
import { duration, size, labsStrings as words } from '../../model/strings/labs.ts';
import { spreadLabels } from '../../paint/charts.ts';
import { Legend } from './legend.tsx';
import { PlotFrame } from './plot-frame.tsx';
import { bandPath, decades, linePath, logScale, stretches } from './scales.ts';
import { markerPath, styleOf } from './styles.ts';

const TOP = 18;
const BOTTOM = 46;
const LEFT = 58;
/** Room for names at the ends of lines; narrower charts have a legend below. */
const RIGHT = 176;
const NARROW = 620;
const LABEL_GAP = 16;

interface Spot {
  readonly x: number;
  readonly measure: Measure;
}

/** Time over size on logarithmic axes: medians as lines, 10th to 90th percentile as bands, gaps below the clock. */
export function LineChart({ figure }: { figure: LineFigure }) {
  const clip = useId();
  return (
    <PlotFrame
      figure={figure}
      height={(width) => (width < NARROW ? 380 : Math.max(400, Math.min(560, width * 0.56)))}
      places={figure.xs.length}
      lines={figure.series.length}
      read={(at, which) => {
        const series = figure.series[which]!;
        return words.figure.point(series.label, size(figure.xs[at]!), measureText(series.points[at] ?? null));
      }}
      footer={(width) => (width < NARROW ? <Legend series={figure.series} /> : null)}
    >
      {({ width, height, at, which, pick }) => {
        const narrow = width < NARROW;
        const right = width - (narrow ? 12 : RIGHT);
        const bottom = height - BOTTOM;
        const [low, high] = extent(figure);
        const x = logScale([figure.xs[0] ?? 1, figure.xs.at(-1) ?? 2], [LEFT, right]);
        const y = logScale([low, high], [bottom, TOP]);
        const every = narrow ? 2 : 1;
        // Its words stand where there is room for them.
        const markLeft = figure.mark !== null && x(figure.mark.x) > right - 110;
        const shown = figure.series.map((series) => ({ series, spots: spotsOf(figure, series.points) }));
        const ends = shown.flatMap(({ series, spots }) => {
          const last = spots.filter((spot) => spot !== null).at(-1);
          return last === undefined ? [] : [{ series, x: x(last.x), y: y(last.measure.median) }];
        });
        const placed = spreadLabels(
          ends.map((end) => end.y),
          LABEL_GAP,
          TOP + 4,
          bottom - 4,
        );
        return (
          <>
            <clipPath id={clip}>
              <rect x={LEFT} y={TOP} width={right - LEFT} height={bottom - TOP} />
            </clipPath>
            <rect className="plot-paper" x={LEFT} y={TOP} width={right - LEFT} height={bottom - TOP} />
            {decades(low, high).map((tick) => (
              <g key={tick} transform={`translate(0 ${y(tick)})`}>
                <line className="plot-grid" x1={LEFT} x2={right} />
                <text className="plot-tick" x={LEFT - 8} dy="0.32em" textAnchor="end">
                  {duration(tick).replace('.0', '')}
                </text>
              </g>
            ))}
            {figure.xs.map((value, i) => (
              <g key={value} transform={`translate(${x(value)} ${bottom})`}>
                <line className="plot-axis" y2={5} />
                {(figure.xs.length - 1 - i) % every === 0 && (
                  <text
                    className="plot-tick"
                    y={19}
                    textAnchor={i === 0 ? 'start' : narrow && i === figure.xs.length - 1 ? 'end' : 'middle'}
                    dx={i === 0 ? -6 : 0}
                  >
                    {size(value)}
                  </text>
                )}
              </g>
            ))}
            <text className="plot-tick" x={right} y={bottom + 37} textAnchor="end">
              {figure.xLabel}
            </text>
            <g clipPath={`url(#${clip})`}>
              {(narrow ? [] : figure.speeds).map(({ perSecond, label }) => {
                const ns = (bytes: number) => (bytes / perSecond) * 1e9;
                const [from, to] = [figure.xs[0]!, figure.xs.at(-1)!];
                const mid = Math.sqrt(from * to) * 4;
                const tilt = (Math.atan2(y(ns(to)) - y(ns(from)), x(to) - x(from)) * 180) / Math.PI;
                return (
                  <g key={label}>
                    <line className="plot-speed" x1={x(from)} x2={x(to)} y1={y(ns(from))} y2={y(ns(to))} />
                    <text
                      className="plot-tick"
                      transform={`translate(${x(mid)} ${y(ns(mid)) - 5}) rotate(${tilt})`}
                      textAnchor="middle"
                    >
                      {label}
                    </text>
                  </g>
                );
              })}
              {figure.mark !== null && (
                <line className="plot-mark" x1={x(figure.mark.x)} x2={x(figure.mark.x)} y1={TOP} y2={bottom} />
              )}
              {shown.map(({ series, spots }) => (
                <path
                  key={series.id}
                  className="plot-band"
                  fill={styleOf(series.style).colour}
                  d={stretches(spots)
                    .map((part) =>
                      bandPath(
                        part.map(({ x: at, measure }) => ({
                          x: x(at),
                          low: y(Math.max(low, measure.low)),
                          high: y(measure.high),
                        })),
                      ),
                    )
                    .join('')}
                />
              ))}
            </g>
            {figure.mark !== null && (
              <text
                className="plot-mark-label"
                x={x(figure.mark.x) + (markLeft ? -6 : 6)}
                y={TOP + 14}
                textAnchor={markLeft ? 'end' : 'start'}
              >
                {figure.mark.label}
              </text>
            )}
            {shown.map(({ series, spots }, i) => {
              const { colour, dash, marker } = styleOf(series.style);
              return (
                <g key={series.id} data-series={series.id} data-dimmed={which >= 0 && which !== i ? '' : undefined}>
                  <path
                    className="plot-line"
                    data-strong={series.strong || undefined}
                    stroke={colour}
                    strokeDasharray={dash}
                    d={linePath(spots.map((spot) => spot && [x(spot.x), y(spot.measure.median)]))}
                  />
                  {spots.map(
                    (spot, k) =>
                      spot !== null && (
                        <path
                          key={figure.xs[k]}
                          className="plot-dot"
                          data-value={spot.measure.median}
                          data-at={spot.x}
                          fill={colour}
                          d={markerPath(marker, at === k && which === i ? 6 : 3.5)}
                          transform={`translate(${x(spot.x)} ${y(spot.measure.median)})`}
                          onPointerEnter={() => pick(k, i)}
                        />
                      ),
                  )}
                </g>
              );
            })}
            {!narrow &&
              ends.map(({ series, x: endX, y: endY }, i) => (
                <g key={series.id} data-dimmed={which >= 0 && figure.series[which] !== series ? '' : undefined}>
                  <polyline
                    className="plot-leader"
                    points={`${endX + 5},${endY} ${right + 4},${endX < right - 8 ? endY : placed[i]} ${right + 9},${placed[i]}`}
                  />
                  <text
                    className="plot-label"
                    fill={styleOf(series.style).colour}
                    x={right + 12}
                    y={placed[i]}
                    dy="0.32em"
                  >
                    {series.label}
                  </text>
                </g>
              ))}
          </>
        );
      }}
    </PlotFrame>
  );
}

/** Points that can be drawn; null where the clock could not tell, or nothing was measured. */
function spotsOf(figure: LineFigure, points: readonly (Measure | null)[]): (Spot | null)[] {
  return figure.xs.map((x, i) => {
    const measure = points[i] ?? null;
    return measure === null || measure.below ? null : { x, measure };
  });
}

/** Whole decades round everything that is drawn. */
function extent(figure: LineFigure): [number, number] {
  const known = figure.series.flatMap(({ points }) => points.filter((point) => point !== null && !point.below));
  if (known.length === 0) return [10, 1e6];
  const low = Math.min(...known.map((point) => point!.median));
  const high = Math.max(...known.map((point) => point!.high));
  return [10 ** Math.floor(Math.log10(Math.max(0.1, low))), 10 ** Math.ceil(Math.log10(Math.max(1, high) * 1.01))];
}
