import { useId, useRef, useState } from 'react';
import { METRICS, type MetricId } from '../../model/metrics.ts';
import { metricStrings } from '../../model/strings/metrics.ts';
import type { Target } from '../../state/pointing.ts';
import type { Lane } from '../../state/store.ts';
import { useApp } from '../shared/app-context.tsx';
import { useFrame } from '../shared/use-frame.ts';
import { isFresh, laneFacts, type ReusedFacts, reusedFacts, rowScales } from './lane-facts.ts';
import { bestOf, type LaneFacts, ROWS, type Row } from './metric-values.ts';
import './metric-rows.css';

interface CellParts {
  readonly root: HTMLElement;
  readonly value: Text;
  /** What stands there, so that a frame in which nothing changed touches nothing. */
  shown: number | null | undefined | 'unset';
  best: boolean | null;
  stale: boolean | null;
  none: boolean | null;
  share: number;
}

/** What a frame needs for its figures, used again in the next. */
interface Sheet {
  /** Cells of a lane, by its key, in the order of the rows. */
  readonly cells: Map<string, CellParts[]>;
  readonly facts: ReusedFacts[];
  readonly known: (LaneFacts | null)[];
  readonly values: (number | null | undefined)[];
  readonly scales: { pages: number; bytes: number; steps: number; failures: number };
}

/** The eight rows over all lanes: each number with its dot on the row's shared line. Rewritten every frame, without React. */
export function MetricRows({ lanes, letters }: { lanes: readonly Lane[]; letters: readonly string[] }) {
  const { store, records } = useApp();
  const kept = useRef<Sheet | null>(null);
  kept.current ??= {
    cells: new Map(),
    facts: [],
    known: [],
    values: [],
    scales: { pages: 1, bytes: 1, steps: 1, failures: 0 },
  };
  const sheet = kept.current;
  useFrame(() => {
    const state = store.getState();
    const { facts, known, values, scales } = sheet;
    const { lanes } = state;
    rowScales(records, lanes, scales);
    known.length = values.length = lanes.length;
    for (let index = 0; index < lanes.length; index++) {
      facts[index] ??= reusedFacts();
      known[index] = laneFacts(records, state, lanes[index]!, facts[index]);
    }
    for (let r = 0; r < ROWS.length; r++) {
      const row = ROWS[r]!;
      for (let index = 0; index < lanes.length; index++) {
        const lane = known[index]!;
        values[index] = lane === null ? undefined : row.value(lane);
      }
      const best = bestOf(values, row.better);
      for (let index = 0; index < lanes.length; index++) {
        const lane = lanes[index]!;
        const cell = sheet.cells.get(lane.key)?.[r];
        if (cell === undefined) continue;
        const stale = row.tier === 'survey' && !isFresh(state, lane);
        const value = values[index];
        writeValue(cell, row, value, known[index]!);
        writeMarks(cell, best === index, stale);
        writeShare(cell, share(row, value, scales));
      }
    }
  });
  return (
    <table className="metric-rows">
      <caption className="visually-hidden">{metricStrings.metric.caption}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{metricStrings.metric.tableHead.metric}</th>
          {lanes.map((lane, index) => (
            <th key={lane.key} scope="col">
              {letters[index]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ROWS.map((row, r) => (
          <tr key={row.id} className="metric-row">
            <RowHeader row={row} />
            {lanes.map((lane, index) => (
              <td
                key={lane.key}
                className="metric-cell"
                data-lane={letters[index]}
                data-metric={row.metric}
                ref={(element) => register(sheet.cells, lane.key, r, element)}
              >
                {row.id !== 'failures' && (
                  <span className="metric-track" aria-hidden="true">
                    <span className="metric-fill" />
                    <span className="metric-dot" />
                  </span>
                )}
                <span className="metric-value" />
                <span className="metric-best">{metricStrings.metric.best}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function share(row: Row, value: number | null | undefined, scales: Parameters<Row['share']>[1]): number {
  return value === null || value === undefined ? -1 : Math.max(0, Math.min(1, row.share(value, scales)));
}

function register(cells: Map<string, CellParts[]>, lane: string, row: number, root: HTMLElement | null): void {
  const own = cells.get(lane) ?? [];
  if (root === null) {
    delete own[row];
    if (own.every((cell) => cell === undefined)) cells.delete(lane);
    return;
  }
  const value = document.createTextNode('');
  root.querySelector('.metric-value')!.replaceChildren(value);
  own[row] = { root, value, shown: 'unset', best: null, stale: null, none: null, share: Number.NaN };
  cells.set(lane, own);
}

function writeValue(cell: CellParts, row: Row, value: number | null | undefined, lane: LaneFacts | null): void {
  if (cell.shown === value) return;
  cell.shown = value;
  if (value === undefined || lane === null) cell.value.data = '';
  else cell.value.data = value === null ? row.none(lane) : row.text(value);
  if (value === null || value === undefined) delete cell.root.dataset.value;
  else cell.root.dataset.value = String(value);
}

function writeMarks(cell: CellParts, best: boolean, stale: boolean): void {
  if (cell.best !== best) {
    cell.best = best;
    cell.root.toggleAttribute('data-best', best);
  }
  if (cell.stale !== stale) {
    cell.stale = stale;
    cell.root.toggleAttribute('data-stale', stale);
  }
}

/** Where the dot stands; −1 where there is none. */
function writeShare(cell: CellParts, share: number): void {
  if (cell.share === share) return;
  cell.share = share;
  if (share >= 0) cell.root.style.setProperty('--share', String(share));
  if (cell.none === share < 0) return;
  cell.none = share < 0;
  cell.root.toggleAttribute('data-none', cell.none);
}

/** The cells that make a row's number: its hole or its holes. */
function madeOf(row: Row): Target | null {
  switch (row.id) {
    case 'hole':
      return { kind: 'metric', metric: 'largest_hole' };
    case 'free':
    case 'external':
      return { kind: 'metric', metric: 'free' };
    default:
      return null;
  }
}

/** A row's name; its button opens the formula, the unit's line and the source. */
function RowHeader({ row }: { row: Row }) {
  const { point } = useApp();
  const [open, setOpen] = useState(false);
  const id = useId();
  const metric = METRICS[row.metric as MetricId];
  return (
    <th className="metric-name" scope="row">
      <button
        type="button"
        aria-expanded={open}
        aria-describedby={open ? id : undefined}
        title={metricStrings.metric.formula(metricStrings.metric.rows[row.id])}
        onClick={() => setOpen(!open)}
        onPointerEnter={() => point.hover(madeOf(row))}
        onPointerLeave={() => point.hover(null)}
        onFocus={() => point.hover(madeOf(row))}
        onBlur={() => {
          point.hover(null);
          setOpen(false);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && open) {
            event.stopPropagation();
            setOpen(false);
          }
        }}
      >
        {metricStrings.metric.rows[row.id]}
      </button>
      {open && (
        <div className="metric-note" id={id} role="note">
          <strong>{metricStrings.metric.titles[row.id]}</strong>
          <code>{metric.formula}</code>
          <span>{metricStrings.metric.source(metric.source)}</span>
          <span>{metricStrings.metric.scale[row.scale]}</span>
        </div>
      )}
    </th>
  );
}
