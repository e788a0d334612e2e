import { Suspense, useRef } from 'react';
import { tallestBin } from '../../model/hole-bins.ts';
import { metricStrings } from '../../model/strings/metrics.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import { isZoomed } from '../../state/zooming.ts';
import { Maps } from '../heatmap/maps.tsx';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { laterPart, part } from '../shared/part.tsx';
import { AddLane } from './add-lane.tsx';
import { CheckLine } from './check-line.tsx';
import { LaneHeader } from './lane-header.tsx';
import { MapTools } from './map-tools.tsx';
import { MetricRows } from './metric-rows.tsx';
import './compare.css';
import './lane-row.css';

const HoleHistogram = laterPart(() => import('../histogram/hole-histogram.tsx').then((m) => m.HoleHistogram));
const TableTwin = part(() => import('../tables/table-twin.tsx').then((m) => m.TableTwin));
const Alone = part(() => import('../alone/alone.tsx').then((m) => m.default));
const Zoom = part(() => import('../zoom/zoom.tsx').then((m) => m.default));

/** The lanes, or the one in focus alone, or the selected page from near. */
export function Lanes() {
  const lanes = useFact((state) => state.lanes);
  const focused = useFact((state) => state.focusedLane);
  const alone = useFact((state) => state.view.kind === 'alone');
  const index = Math.max(
    0,
    lanes.findIndex((lane) => lane.key === focused),
  );
  const lane = lanes[index];
  const tables = useFact((state) => state.tableOpen);
  const zoomed = useFact(isZoomed);
  if (zoomed) {
    return (
      <Suspense fallback={<main className="compare" />}>
        <Zoom />
      </Suspense>
    );
  }
  if (!alone || tables || lane === undefined) return <Compare />;
  return (
    <Suspense fallback={<main className="compare" />}>
      <Alone key={lane.key} lane={lane} letter={laneLetter(index)} />
    </Suspense>
  );
}

/** One to four lanes side by side over the same operations, in rows: header, metrics, check, map, holes, legend. */
function Compare() {
  const { look } = useApp();
  const lanes = useFact((state) => state.lanes);
  const tables = useFact((state) => state.tableOpen);
  const root = useRef<HTMLDivElement>(null);
  const most = tallestBin(lanes.map((lane) => lane.survey));
  const letters = lanes.map((_, index) => laneLetter(index));
  return (
    <main
      ref={root}
      className="compare"
      id="maps"
      tabIndex={-1}
      style={{ ['--lanes' as string]: Math.max(1, lanes.length) }}
    >
      <div className="compare-row compare-heads">
        <AddLane />
        {lanes.map((lane, index) => (
          <LaneHeader key={lane.key} lane={lane} letter={letters[index]!} places={lanes.length} />
        ))}
      </div>
      {lanes.length === 0 ? (
        <p className="compare-empty">{words.lane.empty}</p>
      ) : (
        <>
          <MetricRows lanes={lanes} letters={letters} />
          <div className="compare-row compare-checks">
            <button type="button" className="compare-all" onClick={() => look.open('metrics')}>
              {metricStrings.metric.all}
            </button>
            {lanes.map((lane, index) => (
              <CheckLine key={lane.key} lane={lane} letter={letters[index]!} />
            ))}
          </div>
          {tables ? (
            <Suspense fallback={null}>
              <TableTwin />
            </Suspense>
          ) : (
            <Maps lanes={lanes} letters={letters} tools={<MapTools kind="compare-all" />}>
              <div className="compare-row compare-holes">
                <p className="compare-label">
                  {metricStrings.holes.axis[0]}
                  <br />
                  {metricStrings.holes.axis[1]}
                </p>
                <Suspense fallback={null}>
                  {lanes.map((lane, index) => (
                    <HoleHistogram key={lane.key} lane={lane} letter={letters[index]!} most={most} />
                  ))}
                </Suspense>
              </div>
            </Maps>
          )}
        </>
      )}
    </main>
  );
}
