import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { lineSites } from '../../model/line-sites.ts';
import { scriptStrings } from '../../model/strings/script-panel.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import { lit } from '../../state/pointing.ts';
import { type AppState, operationCount } from '../../state/store.ts';
import { DiagnosticsList } from '../editor/diagnostics-list.tsx';
import { ScriptEditor, type ScriptEditorHandle } from '../editor/script-editor.tsx';
import { Findings } from '../lanes/findings.tsx';
import { AnomalyList } from '../recordings/anomaly-list.tsx';
import { useApp, useFact } from '../shared/app-context.tsx';
import { useFrame } from '../shared/use-frame.ts';
import { OperationStrip } from './operation-strip.tsx';
import './script-panel.css';

/** Bars in the gutter move at most this often. */
const BARS_MS = 100;

export interface ScriptPanelProps {
  readonly onClose?: () => void;
  readonly edge?: ReactNode;
  /** A phone has a tab for them. */
  readonly findings?: boolean;
}

/** The script with its messages, findings and checks; beneath it the operation under the playhead. */
export function ScriptPanel({ onClose, edge = null, findings = true }: ScriptPanelProps) {
  const { look } = useApp();
  const document = useFact((state) => state.document);
  const operations = useFact((state) => (state.scenario === null ? null : operationCount(state)));
  const status = useFact((state) => state.status.kind);
  const shown = useFact((state) => state.scenario !== null);
  return (
    <section className="script-panel" id="script" aria-label={scriptStrings.script.title}>
      <header className="script-head">
        <h2>{scriptStrings.script.title}</h2>
        <p className="script-facts">
          {document.kind === 'script'
            ? scriptStrings.script.facts(lineCount(document.text), operations)
            : scriptStrings.script.recordingFacts(document.name, operations ?? 0)}
        </p>
        <button type="button" className="button" data-kind="plain" onClick={() => look.open('reference')}>
          {scriptStrings.script.reference}
        </button>
        {onClose !== undefined && (
          <button type="button" className="button" data-kind="plain" onClick={onClose}>
            {words.dialog.close}
          </button>
        )}
      </header>
      <div className="script-body">
        {document.kind === 'script' ? <ScriptText /> : <RecordingNote />}
        {status === 'rejected' && shown && <p className="script-stale">{scriptStrings.script.stale}</p>}
        {findings && <Findings />}
      </div>
      <OperationStrip />
      {edge}
    </section>
  );
}

function RecordingNote() {
  const { runs, playback } = useApp();
  const scenario = useFact((state) => state.scenario);
  const stopped = useFact((state) => state.status.kind === 'cancelled');
  return (
    <div className="script-recording">
      <p>{scriptStrings.script.recordingNote}</p>
      {scenario !== null && (
        <AnomalyList
          anomalies={scenario.anomalies}
          leftOut={scenario.anomaliesLeftOut}
          operations={scenario.operations.count}
          stopped={stopped}
          onGo={(position) => playback.seek(position)}
        />
      )}
      <button
        type="button"
        className="button"
        onClick={() => runs.open({ kind: 'script', name: words.bar.own, text: '', origin: { kind: 'own' } })}
      >
        {scriptStrings.script.newScript}
      </button>
    </div>
  );
}

interface ScriptTextProps {
  /** The only lines that may be changed, of the text that `lockedText` is. */
  readonly editableLines?: readonly number[];
  readonly lockedText?: string;
  /** The lit line is kept in sight: for a script that is read along and has little room. */
  readonly follows?: boolean;
}

/** The editor, wired: edits run, its lines light up and carry the bytes they hold; playback renders nothing here. */
export function ScriptText({ editableLines, lockedText, follows = false }: ScriptTextProps = {}) {
  const { store, runs, records, point, look } = useApp();
  const text = useFact((state) => (state.document.kind === 'script' ? state.document.text : ''));
  const diagnostics = useFact((state) => state.diagnostics);
  const scenario = useFact((state) => state.scenario);
  const checkedText = useFact((state) => state.checkedText);
  const ranText = useFact((state) => state.ranText);
  const selected = useFact((state) => state.link.selected);
  const editor = useRef<ScriptEditorHandle>(null);
  const findings = useMemo(() => {
    const byLine = new Map<number, string[]>();
    for (const finding of scenario?.findings ?? []) {
      const list = byLine.get(finding.line);
      if (list) list.push(finding.message);
      else byLine.set(finding.line, [finding.message]);
    }
    return byLine;
  }, [scenario]);

  const bars = useRef<{ bytes: Float64Array; at: number; stamp: string; timer: number }>({
    bytes: new Float64Array(0),
    at: 0,
    stamp: '',
    timer: 0,
  });
  const shownLine = useRef<number | null>(null);
  const request = useFrame(() => {
    const state = store.getState();
    const line = litLine(state);
    if (line !== shownLine.current) {
      shownLine.current = line;
      editor.current?.setCurrentLine(line);
      if (follows && line !== null) editor.current?.revealLine(line);
    }
    const now = performance.now();
    const stamp = `${state.generation} ${state.position} ${state.colour}`;
    const held = bars.current;
    if (stamp === held.stamp) return;
    if (now - held.at < BARS_MS) {
      if (held.timer === 0) {
        held.timer = window.setTimeout(() => {
          held.timer = 0;
          request();
        }, BARS_MS);
      }
      return;
    }
    held.at = now;
    held.stamp = stamp;
    const frame = state.lanes.length > 0 ? records.lane(state.lanes[0]!.key).frame : null;
    if (frame === null || state.scenario === null) {
      editor.current?.setLineBytes(null, 1, null);
      return;
    }
    const lines = state.ranText.split('\n').length;
    if (held.bytes.length < lines + 1) held.bytes = new Float64Array(lines + 1);
    held.bytes.fill(0);
    frame.seek(Math.min(state.position, frame.logged));
    frame.liveByLine(held.bytes);
    const sites = state.colour === 'line' ? lineSites(state.scenario.operations) : null;
    editor.current?.setLineBytes(held.bytes, Math.max(1, records.program?.peak ?? 1), sites);
  });
  useEffect(() => () => window.clearTimeout(bars.current.timer), []);
  useEffect(() => {
    if (selected?.kind === 'line') editor.current?.revealLine(selected.line);
  }, [selected]);
  return (
    <>
      <ScriptEditor
        ref={editor}
        text={text}
        checkedText={checkedText}
        ranText={ranText}
        label={scriptStrings.script.label}
        diagnostics={diagnostics}
        findingsByLine={findings}
        pickedLine={selected?.kind === 'line' ? selected.line : null}
        editableLines={editableLines}
        lockedText={lockedText}
        onChange={(next) => {
          runs.edit(next);
          if (/^\s*free random 100 ?%/m.test(next)) look.tick('changed');
        }}
        onRun={() => runs.runNow()}
        onPointLine={(line) => point.hover(line === null ? null : { kind: 'line', line })}
        onPickLine={(line) => point.select({ kind: 'line', line })}
      />
      <DiagnosticsList
        diagnostics={diagnostics}
        onGo={(line, column) => editor.current?.goTo(line, column)}
        onFix={(fix) => editor.current?.applyFix(fix)}
      />
    </>
  );
}

/** The line that is lit: of the block or operation that is pointed at, else of the operation under the playhead. */
function litLine(state: AppState): number | null {
  const target = lit(state.link);
  const operation = target?.kind === 'block' || target?.kind === 'operation' ? target.operation : state.position;
  return operation > 0 ? (state.scenario?.operations.line[operation - 1] ?? null) : null;
}

function lineCount(text: string): number {
  const trimmed = text.endsWith('\n') ? text.slice(0, -1) : text;
  return trimmed === '' ? 0 : trimmed.split('\n').length;
}
