import { use, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { LABS } from '../../labs/catalog.ts';
import { csvOf } from '../../labs/tables.ts';
import { labsStrings as words } from '../../model/strings/labs.ts';
import { changedSince, type LabPage, type Labs, type RunState, reportValues } from '../../state/labs/labs.ts';
import { wantLesson } from '../../state/lessons/want.ts';
import { download, fileName } from '../recordings/download.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { SkipLink } from '../shared/skip-link.tsx';
import { BottomTabs } from '../top-bar/bottom-tabs.tsx';
import { TopBar } from '../top-bar/top-bar.tsx';
import { CodeBlock } from './code-block.tsx';
import { FigureView } from './figures.tsx';
import { LabPicker } from './lab-picker.tsx';
import { Marked } from './marked.tsx';
import { ProvenanceNote } from './provenance-note.tsx';
import './labs.css';

/** The section of labs: one at a time, words and controls at the left, what was measured at the right. */
export function LabsSection() {
  const labs = use(useApp().labs());
  const shown = useStore(labs.store, (state) => state.shown);
  const page = useStore(labs.store, (state) => state.pages[shown]);
  const failed = useStore(labs.store, (state) => state.failed);
  useEffect(() => {
    if (page === undefined && !failed) void labs.open(shown);
  }, [labs, page, shown, failed]);
  return (
    <div className="labs">
      <SkipLink to="lab-results">{words.skip}</SkipLink>
      <TopBar drawer={false} subject={<LabPicker labs={labs} />} />
      <main className="labs-body">
        {page === undefined ? (
          <p className="labs-wait" role="status">
            {failed ? words.loadFailed : words.loading}
          </p>
        ) : (
          <LabView key={shown} labs={labs} page={page} title={LABS[shown].title} />
        )}
      </main>
      <BottomTabs />
    </div>
  );
}

function LabView({ labs, page, title }: { labs: Labs; page: LabPage; title: string }) {
  const { lab, run, result, values } = page;
  const report = useMemo(
    () => (result === null ? null : lab.report(result.data, reportValues(lab, result, values))),
    [lab, result, values],
  );
  const [note, setNote] = useState('');
  const { openScript } = useApp();
  const script = lab.script?.(values) ?? null;
  const act = (what: () => void) => {
    setNote('');
    what();
  };
  return (
    <>
      <section className="lab-words" aria-label={words.words}>
        <BackToLesson />
        {report !== null && <p className="lab-name">{title}</p>}
        <h2 className="lab-headline">{report?.headline ?? title}</h2>
        {report !== null && <p className="lab-question">{lab.question}</p>}
        {report === null || report.lead.length === 0 ? (
          <p className="lab-lead">{lab.question}</p>
        ) : (
          report.lead.map((line) => (
            <p key={line} className="lab-lead">
              <Marked text={line} />
            </p>
          ))
        )}
        <Settings labs={labs} page={page} />
        <div className="lab-acts">
          {run.kind === 'running' ? (
            <button type="button" className="button" data-kind="primary" onClick={() => act(labs.stop)}>
              {words.stop}
            </button>
          ) : (
            <button type="button" className="button" data-kind="primary" onClick={() => act(labs.run)}>
              {result === null ? words.run : words.again}
            </button>
          )}
          <button
            type="button"
            className="button"
            disabled={report === null}
            onClick={() => {
              if (report === null) return;
              download(new Blob([csvOf(report)], { type: 'text/csv;charset=utf-8' }), fileName(title, '.csv'));
            }}
          >
            {words.csv}
          </button>
          {script !== null && (
            <button type="button" className="button" onClick={() => void openScript(script.name, script.text)}>
              {words.openScenario}
            </button>
          )}
          <CopyLink labs={labs} onNote={setNote} />
        </div>
        <p className="lab-status" role="status" data-run={run.kind}>
          {note || (run.kind === 'done' && changedSince(page) ? words.changed : statusText(run, result !== null))}
        </p>
        {run.kind === 'running' && <progress max={run.total || 1} value={run.done} aria-label={words.progressLabel} />}
        {result !== null && <ProvenanceNote provenance={result.provenance} />}
        {report?.asides.map((figure) => (
          <FigureView key={figure.id} figure={figure} />
        ))}
      </section>
      <section className="lab-results" id="lab-results" aria-label={words.results} tabIndex={-1}>
        {report === null ? (
          <p className="lab-empty">{words.notRun}</p>
        ) : (
          <>
            <div className="lab-figures">
              {report.figures.map((figure) => (
                <FigureView key={figure.id} figure={figure} />
              ))}
            </div>
            <section className="lab-advice" aria-labelledby="lab-advice">
              <h3 id="lab-advice">{words.advice}</h3>
              <p>
                <Marked text={report.advice} />
              </p>
            </section>
          </>
        )}
        <CodeBlock code={lab.code} />
      </section>
    </>
  );
}

/** The way back to the step whose word led here. */
function BackToLesson() {
  const { store } = useApp();
  const from = useFact((state) => state.labFrom);
  if (from === null) return null;
  return (
    <button type="button" className="button lab-back" data-kind="link" onClick={() => wantLesson(store, from)}>
      {words.backTo(from.title, from.step)}
    </button>
  );
}

function Settings({ labs, page }: { labs: Labs; page: LabPage }) {
  return (
    <dl className="lab-settings" aria-label={words.settings}>
      {page.lab.controls.map(({ key, label, choices }) => (
        <div key={key}>
          <dt id={`lab-${key}`}>{label}</dt>
          <dd>
            <select
              className="button"
              aria-labelledby={`lab-${key}`}
              value={page.values[key]}
              disabled={page.run.kind === 'running'}
              onChange={(event) => labs.set(key, event.target.value)}
            >
              {choices.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.label}
                </option>
              ))}
            </select>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Copies the address of the lab with its settings. */
function CopyLink({ labs, onNote }: { labs: Labs; onNote: (note: string) => void }) {
  return (
    <button
      type="button"
      className="button"
      onClick={() => {
        const address = `${location.href.replace(/#.*$/, '')}${labs.hash()}`;
        navigator.clipboard.writeText(address).then(
          () => onNote(words.linkCopied),
          () => onNote(words.linkByHand(address)),
        );
      }}
    >
      {words.link}
    </button>
  );
}

function statusText(run: RunState, measured: boolean): string {
  switch (run.kind) {
    case 'idle':
    case 'done':
      return '';
    case 'running':
      return words.progress(run.done, run.total, run.what);
    case 'stopped':
      return measured ? words.stopped : words.stoppedEmpty;
    case 'missing':
      return words.missing(run.feature);
    case 'failed':
      return words.failed(run.message);
  }
}
