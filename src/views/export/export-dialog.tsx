import { useState } from 'react';
import { csv } from '../../model/csv.ts';
import { metricStrings } from '../../model/strings/metrics.ts';
import { tablesStrings as words } from '../../model/strings/tables.ts';
import { holesSvg } from '../../paint/export/holes-chart.ts';
import { timelineSvg } from '../../paint/export/timeline-svg.ts';
import { THEMES } from '../../paint/theme.ts';
import { download, fileName } from '../recordings/download.ts';
import { DialogFrame } from '../reference/dialog-frame.tsx';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';
import { useThemeName } from '../shared/theme.tsx';
import { type TableKind, tableOf } from '../tables/table-twin.tsx';
import { timelineData } from '../timeline/timeline.tsx';
import { comparisonCanvas, holesLane, pictureTitle } from './picture.ts';
import './export-dialog.css';

const say = words.export;

/** Pictures and figures of what is shown, each a file made in this tab; and the way to paper. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const theme = THEMES[useThemeName()];
  const lanes = useFact((state) => state.lanes);
  const name = useFact((state) => state.document.name);
  const [said, setSaid] = useState('');
  const save = (blob: Blob, ending: string) => {
    const file = fileName(name, ending);
    download(blob, file);
    setSaid(say.saved(file));
  };
  const saveSvg = (text: string, ending: string) => save(new Blob([text], { type: 'image/svg+xml' }), ending);
  const saveTable = (kind: TableKind, index: number) => {
    const data = tableOf(app, kind, index);
    if (data === null) return;
    const lane = kind === 'pages' ? `-${laneLetter(index).toLowerCase()}` : '';
    save(new Blob([csv(data.heads, data.rows)], { type: 'text/csv' }), `-${kind}${lane}.csv`);
  };
  const saveComparison = () => {
    const canvas = comparisonCanvas(app, theme);
    if (canvas === null) setSaid(say.failed);
    else
      canvas.toBlob((blob) => {
        if (blob === null) setSaid(say.failed);
        else save(blob, '-comparison.png');
      }, 'image/png');
  };
  const saveTimeline = () => {
    const state = app.store.getState();
    saveSvg(timelineSvg(timelineData(app, state), theme, pictureTitle(state, words.kinds.timeline)), '-timeline.svg');
  };
  const saveHoles = () => {
    const state = app.store.getState();
    const title = pictureTitle(state, words.kinds.holes);
    const charts = state.lanes.map((lane, index) => holesLane(app, state, lane, index));
    saveSvg(holesSvg(charts, theme, title, metricStrings.holes.axis.join(' ')), '-holes.svg');
  };
  return (
    <DialogFrame title={say.title} onClose={onClose}>
      <div className="frame-body export-body">
        <p>{say.intro}</p>
        <h3>{say.pictures}</h3>
        <ul>
          <Item text={say.comparison} note={say.comparisonNote} act={saveComparison} />
          <Item text={say.timelineSvg} act={saveTimeline} />
          <Item text={say.holesSvg} act={saveHoles} />
          <Item
            text={say.print}
            note={say.printNote}
            act={() => {
              onClose();
              // The dialog must be gone before the page is laid out for paper.
              setTimeout(() => window.print(), 0);
            }}
          />
        </ul>
        <h3>{say.figures}</h3>
        <ul>
          {lanes.map((lane, index) => (
            <Item key={lane.key} text={say.csv(say.pagesOf(laneLetter(index)))} act={() => saveTable('pages', index)} />
          ))}
          {(['holes', 'timeline', 'metrics'] as const).map((kind) => (
            <Item key={kind} text={say.csv(words.kinds[kind])} act={() => saveTable(kind, 0)} />
          ))}
        </ul>
        <p role="status">{said}</p>
      </div>
    </DialogFrame>
  );
}

function Item({ text, note, act }: { text: string; note?: string; act: () => void }) {
  return (
    <li>
      <button type="button" className="button" onClick={act}>
        {text}
      </button>
      {note !== undefined && <span>{note}</span>}
    </li>
  );
}
