import { useId, useRef, useState } from 'react';
import { METRICS, type MetricId } from '../../model/metrics.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import type { Target } from '../../state/pointing.ts';
import type { Lane } from '../../state/store.ts';
import { useApp } from '../shared/app-context.tsx';
import { useFrame } from '../shared/use-frame.ts';
import { isFresh, laneFacts, rowScales } from './lane-facts.ts';
import { bestOf, ROWS, type Row } from './metric-values.ts';
import './metric-rows.css';

interface CellParts {
  readonly root: HTMLElement;
  readonly value: HTMLElement;
  /** What stands there, so that a frame in which nothing changed touches nothing. */
  shown: number | null | undefined | 'unset';
  best: boolean | null;
  stale: boolean | null;
  share: number;
}

/** The eight rows over all lanes: each number with its dot on the row's shared line. Rewritten every frame, without React. */
export function MetricRows({ lanes, letters }: { lanes: readonly Lane[]; letters: readonly string[] }) {
  const { store, records } = useApp();
  const cells = useRef(new Map<string, CellParts>());
  useFrame(() => {
    const state = store.getState();
    const scales = rowScales(records, state.lanes);
    const facts = state.lanes.map((lane) => laneFacts(records, state, lane));
    for (const row of ROWS) {
      const values = facts.map((lane) => (lane === null ? undefined : row.value(lane)));
      const best = bestOf(values, row.better);
      state.lanes.forEach((lane, index) => {
        const cell = cells.current.get(`${row.id} ${lane.key}`);
        const known = facts[index];
        if (cell === undefined || known === undefined) return;
        const stale = row.tier === 'survey' && !isFresh(state, lane);
        const value = values[index];
        const none = known === null || value === undefined ? '' : row.none(known);
        writeCell(cell, row, value, none, best === index, stale, share(row, value, scales));
      });
    }
  });
  return (
    <table className="metric-rows">
      <caption className="visually-hidden">{words.metric.caption}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{words.metric.tableHead.metric}</th>
          {lanes.map((lane, index) => (
            <th key={lane.key} scope="col">
              {letters[index]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ROWS.map((row) => (
          <tr key={row.id} className="metric-row">
            <RowHeader row={row} />
            {lanes.map((lane, index) => (
              <td
                key={lane.key}
                className="metric-cell"
                data-lane={letters[index]}
                data-metric={row.metric}
                ref={(element) => register(cells.current, `${row.id} ${lane.key}`, element)}
              >
                {row.id !== 'failures' && (
                  <span className="metric-track" aria-hidden="true">
                    <span className="metric-fill" />
                    <span className="metric-dot" />
                  </span>
                )}
                <span className="metric-value" />
                <span className="metric-best">{words.metric.best}</span>
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

function register(cells: Map<string, CellParts>, key: string, root: HTMLElement | null): void {
  if (root === null) {
    cells.delete(key);
    return;
  }
  const value = root.querySelector<HTMLElement>('.metric-value')!;
  cells.set(key, { root, value, shown: 'unset', best: null, stale: null, share: Number.NaN });
}

function writeCell(
  cell: CellParts,
  row: Row,
  value: number | null | undefined,
  none: string,
  best: boolean,
  stale: boolean,
  share: number,
): void {
  if (cell.shown !== value) {
    cell.shown = value;
    cell.value.textContent = value === undefined ? '' : value === null ? none : row.text(value);
    if (value === null || value === undefined) delete cell.root.dataset.value;
    else cell.root.dataset.value = String(value);
  }
  if (cell.best !== best) {
    cell.best = best;
    cell.root.toggleAttribute('data-best', best);
  }
  if (cell.stale !== stale) {
    cell.stale = stale;
    cell.root.toggleAttribute('data-stale', stale);
  }
  if (cell.share !== share) {
    cell.share = share;
    cell.root.style.setProperty('--share', String(Math.max(0, share)));
    cell.root.toggleAttribute('data-none', share < 0);
  }
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
        title={words.metric.formula(words.metric.rows[row.id])}
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
        {words.metric.rows[row.id]}
      </button>
      {open && (
        <div className="metric-note" id={id} role="note">
          <strong>{words.metric.titles[row.id]}</strong>
          <code>{metric.formula}</code>
          <span>{words.metric.source(metric.source)}</span>
          <span>{words.metric.scale[row.scale]}</span>
        </div>
      )}
    </th>
  );
}
