import { useMemo, useState } from 'react';
import { type CsvCell, csv } from '../../model/csv.ts';
import { binEnd, binFrom } from '../../model/hole-bins.ts';
import { tablesStrings as words } from '../../model/strings/tables.ts';
import type { App } from '../../state/app.ts';
import { type AppState, operationCount } from '../../state/store.ts';
import { isFresh } from '../lanes/lane-facts.ts';
import { laneTitle } from '../lanes/lane-names.ts';
import { download, fileName } from '../recordings/download.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { usePosition } from '../shared/use-position.ts';
import { DataTable } from './data-table.tsx';
import {
  holesTable,
  metricsTable,
  pagesTable,
  type TableData,
  type TableLane,
  timelineStep,
  timelineTable,
} from './table-data.ts';
import './table-twin.css';

export const TABLE_KINDS = ['pages', 'holes', 'timeline', 'metrics'] as const;
export type TableKind = (typeof TABLE_KINDS)[number];

/** The maps and charts as tables of the same figures, with the same selection. */
export function TableTwin() {
  const app = useApp();
  const { look, lanes: laneCommands } = app;
  const [kind, setKind] = useState<TableKind>('pages');
  const [said, setSaid] = useState('');
  const lanes = useFact((state) => state.lanes);
  const focused = useFact((state) => state.focusedLane);
  const generation = useFact((state) => state.generation);
  const name = useFact((state) => state.document.name);
  const position = usePosition();
  const index = Math.max(
    0,
    lanes.findIndex((lane) => lane.key === focused),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the table is made of changes with these
  const data = useMemo(
    () => tableOf(app, kind, index),
    [app, kind, index, kind === 'timeline' ? 0 : position, lanes, generation],
  );
  if (data === null) return null;
  const letter = laneLetter(index);
  const text = () => csv(data.heads, data.rows);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setSaid(words.copied);
    } catch {
      setSaid(words.notCopied);
    }
  };
  const ending = kind === 'pages' ? `-${kind}-${letter.toLowerCase()}.csv` : `-${kind}.csv`;
  return (
    <section className="table-twin" aria-label={words.label}>
      <div className="table-tools">
        <Choice
          label={words.what}
          options={TABLE_KINDS.map((id) => [id, words.kinds[id]])}
          value={kind}
          set={setKind}
        />
        {kind === 'pages' && lanes.length > 1 && (
          <Choice
            label={words.lane}
            options={lanes.map((lane, k) => [lane.key, `${laneLetter(k)} ${laneTitle(lane)}`])}
            value={lanes[index]!.key}
            set={laneCommands.focus}
          />
        )}
        <span className="table-space" />
        <span role="status">{said}</span>
        <button type="button" className="button" onClick={copy}>
          {words.copy}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => download(new Blob([text()], { type: 'text/csv' }), fileName(name, ending))}
        >
          {words.save}
        </button>
        <button type="button" className="button" onClick={look.toggleTable}>
          {words.back}
        </button>
      </div>
      <Rows kind={kind} data={data} index={index} position={position} />
    </section>
  );
}

function Rows({ kind, data, index, position }: { kind: TableKind; data: TableData; index: number; position: number }) {
  const { point, playback } = useApp();
  const count = useFact(operationCount);
  const selected = useFact((state) => state.link.selected);
  const lane = useFact((state) => state.lanes[index]?.key ?? '');
  switch (kind) {
    case 'pages': {
      const page = selected?.kind === 'page' || selected?.kind === 'block' ? selected.page : -1;
      return (
        <DataTable
          key={kind}
          data={data}
          caption={words.captions.pages(laneLetter(index), position)}
          isSelected={(row) => Number(row[0]) <= page && page <= Number(row[1])}
          onSelect={(row) => point.select({ kind: 'page', lane, page: Number(row[0]) })}
        />
      );
    }
    case 'holes':
      return (
        <DataTable
          key={kind}
          data={data}
          caption={words.captions.holes(position)}
          isSelected={(row) => selected?.kind === 'holes' && selected.from === fromOf(data, row)}
          onSelect={(row) => {
            const from = fromOf(data, row);
            point.select({ kind: 'holes', lane, from, to: binEnd(data.rows.indexOf(row)) - 1 });
          }}
        />
      );
    case 'timeline': {
      const step = timelineStep(count);
      const nearest = position >= count ? count : Math.round(position / step) * step;
      return (
        <DataTable
          key={kind}
          data={data}
          caption={words.captions.timeline(step)}
          isSelected={(row) => row[0] === nearest}
          onSelect={(row) => playback.seek(Number(row[0]))}
        />
      );
    }
    case 'metrics':
      return <DataTable key={kind} data={data} caption={words.captions.metrics(position)} />;
  }
}

/** The bin of a row, named as the histogram names it. */
function fromOf(data: TableData, row: readonly CsvCell[]): number {
  return binFrom(data.rows.indexOf(row));
}

/** Makes one of the tables from what is shown now; null before there is anything. */
export function tableOf(app: App, kind: TableKind, index: number): TableData | null {
  const state = app.store.getState();
  const lanes = tableLanes(app, state);
  switch (kind) {
    case 'pages': {
      const lane = state.lanes[index];
      const frame = lane === undefined ? null : app.records.lane(lane.key).frame;
      if (lane === undefined || frame === null) return null;
      frame.seek(Math.min(state.position, frame.logged));
      return pagesTable(frame, isFresh(state, lane) ? lane.survey : null);
    }
    case 'holes':
      return holesTable(lanes);
    case 'timeline':
      return state.scenario === null ? null : timelineTable(state.scenario, app.records, lanes);
    case 'metrics':
      return metricsTable(lanes);
  }
}

/** Lanes with what was read at the playhead; a reading of another op is none. */
function tableLanes(app: App, state: AppState): TableLane[] {
  return state.lanes.map((lane, index) => ({
    letter: laneLetter(index),
    name: laneTitle(lane),
    survey: isFresh(state, lane) ? lane.survey : null,
    record: app.records.lane(lane.key),
  }));
}

function Choice<T extends string>({
  label,
  options,
  value,
  set,
}: {
  label: string;
  options: readonly (readonly [T, string])[];
  value: T;
  set: (value: T) => void;
}) {
  return (
    <fieldset className="table-choice">
      <legend className="visually-hidden">{label}</legend>
      {options.map(([id, text]) => (
        <button key={id} type="button" className="button" aria-pressed={id === value} onClick={() => set(id)}>
          {text}
        </button>
      ))}
    </fieldset>
  );
}
