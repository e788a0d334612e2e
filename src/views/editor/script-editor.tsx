import { type Ref, useEffect, useId, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import type { Diagnostic, Fix } from '../../model/diagnostics.ts';
import { openLines } from '../../model/open-lines.ts';
import { editorStrings } from '../../model/strings/editor.ts';
import type { Bytes } from '../../model/units.ts';
import { afterFirstMap } from '../shared/after-first-map.ts';
import { fetchPart } from '../shared/part.tsx';
import './code.css';
import './editor.css';
import type { ScriptField } from './lazy-editor.ts';
import { StaticScript } from './static-script.tsx';
import { applyFix } from './text-change.ts';

export interface ScriptEditorProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** Messages on `checkedText`. */
  readonly diagnostics: readonly Diagnostic[];
  /** The text that `diagnostics` were made from; left out: `text`. They are moved along with edits made since. */
  readonly checkedText?: string | undefined;
  /** The text of the run that is shown: what line numbers mean here. Left out: `text`. */
  readonly ranText?: string | undefined;
  /** Texts of the findings of each line. */
  readonly findingsByLine: ReadonlyMap<number, readonly string[]>;
  /** The line that made the operation under the playhead. During playback use the handle, which renders nothing. */
  readonly currentLine?: number | null;
  /** The selected line, of `ranText`, or null. */
  readonly pickedLine?: number | null;
  /** The line pointed at, of `ranText`, or null. */
  readonly onPointLine?: (line: number | null) => void;
  /** A click on a line's number or bar, or Control Shift Enter in it. */
  readonly onPickLine?: (line: number) => void;
  /** Control Enter. */
  readonly onRun?: () => void;
  readonly readOnly?: boolean;
  /** The only lines that may be changed, of `lockedText`; left out: all. */
  readonly editableLines?: readonly number[] | undefined;
  /** The text whose line numbers those are; lines stay open while they are edited. */
  readonly lockedText?: string | undefined;
  /** Tab indents; Escape, then Tab, leaves. Else Tab leaves. */
  readonly tabIndents?: boolean;
  readonly label: string;
  readonly ref?: Ref<ScriptEditorHandle>;
}

/** What changes too often for React, and what acts on the field. Works from the first render on; kept until the editor is there. */
export interface ScriptEditorHandle {
  setCurrentLine(line: number | null): void;
  /**
   * Live bytes by line of `ranText`, from 1, and the bytes of a full bar. Take for `full` a number that holds for the whole run
   * (its peak of live bytes): bars that rescale while scrubbing cannot be compared. The array is read until the next call.
   */
  setLineBytes(bytes: Float64Array | null, full: Bytes, sites: readonly number[] | null): void;
  applyFix(fix: Fix): void;
  goTo(line: number, column: number): void;
  revealLine(line: number): void;
  focus(): void;
}

type Arrival = 'coming' | 'here' | 'failed';

/** The script as static text at once, and as an editor when its chunk has arrived. */
export function ScriptEditor(props: ScriptEditorProps) {
  const { text, diagnostics, findingsByLine, label, readOnly = false, tabIndents = false } = props;
  const root = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const field = useRef<ScriptField | null>(null);
  const latest = useRef(props);
  const bars = useRef<{ bytes: Float64Array; full: Bytes; sites: readonly number[] | null } | null>(null);
  const [arrival, setArrival] = useState<Arrival>('coming');
  const [earlyLine, setEarlyLine] = useState(props.currentLine ?? null);
  const helpId = useId();
  useLayoutEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (arrival !== 'coming') return;
    let wanted = true;
    fetchPart(() => import('./lazy-editor.ts'), afterFirstMap).then(
      ({ ScriptField }) => {
        if (!wanted || host.current === null) return;
        const scrolled = root.current?.querySelector('[data-script-static]')?.scrollTop ?? 0;
        const { text, label } = latest.current;
        field.current = new ScriptField({
          parent: host.current,
          text,
          label,
          describedBy: helpId,
          events: {
            change: (text) => latest.current.onChange(text),
            point: (line) => latest.current.onPointLine?.(line),
            pick: (line) => latest.current.onPickLine?.(line),
            run: () => latest.current.onRun?.(),
          },
        });
        setArrival('here');
        // After the static text is gone, so that the scroller has its height.
        requestAnimationFrame(() => field.current?.scrollTo(scrolled));
      },
      () => wanted && setArrival('failed'),
    );
    return () => {
      wanted = false;
    };
  }, [arrival, helpId]);

  useEffect(
    () => () => {
      field.current?.destroy();
      field.current = null;
    },
    [],
  );

  const { checkedText = text, ranText = text } = props;
  const here = arrival === 'here';
  useEffect(() => {
    if (here) field.current?.setText(text);
  }, [here, text]);
  useEffect(() => {
    if (here) field.current?.setMessages(diagnostics, checkedText, findingsByLine, ranText);
  }, [here, diagnostics, checkedText, findingsByLine, ranText]);
  useEffect(() => {
    if (here) field.current?.setReadOnly(readOnly);
  }, [here, readOnly]);
  const { editableLines, lockedText } = props;
  useEffect(() => {
    if (!here) return;
    // What stands in the place of the open lines is found anew, whatever was typed there before the editor came.
    const open = editableLines === undefined ? null : openLines(lockedText ?? '', editableLines, text);
    if (editableLines === undefined || open !== null) field.current?.setEditableLines(open);
  }, [here, editableLines, lockedText, text]);
  useEffect(() => {
    if (here) field.current?.setTabIndents(tabIndents);
  }, [here, tabIndents]);
  useEffect(() => {
    if (!here) return;
    field.current?.setCurrentLine(earlyLine);
    const { current } = bars;
    if (current !== null) field.current?.setLineBytes(current.bytes, current.full, current.sites);
  }, [here, earlyLine]);
  const { currentLine } = props;
  useEffect(() => {
    if (currentLine !== undefined) setEarlyLine(currentLine);
  }, [currentLine]);

  const { pickedLine = null } = props;
  useEffect(() => {
    if (here) field.current?.setPickedLine(pickedLine);
  }, [here, pickedLine]);

  useImperativeHandle(
    props.ref,
    (): ScriptEditorHandle => ({
      setCurrentLine(line) {
        if (field.current === null) setEarlyLine(line);
        else field.current.setCurrentLine(line);
      },
      setLineBytes(bytes, full, sites) {
        bars.current = bytes === null ? null : { bytes, full, sites };
        field.current?.setLineBytes(bytes, full, sites);
      },
      applyFix(fix) {
        if (field.current !== null) field.current.applyFix(fix);
        else if (!latest.current.readOnly) latest.current.onChange(applyFix(latest.current.text, fix));
      },
      goTo: (line, column) => field.current?.goTo(line, column),
      revealLine: (line) => field.current?.revealLine(line),
      focus: () => field.current?.focus(),
    }),
    [],
  );

  return (
    <div className="script-editor" ref={root} data-arrival={arrival}>
      <div className="script-host heap-code" ref={host} hidden={arrival === 'failed'} />
      {arrival === 'coming' && <StaticScript text={text} label={label} currentLine={earlyLine} />}
      {arrival === 'failed' && (
        <div className="script-plain heap-code">
          <p role="status">
            {editorStrings.editor.loadFailed}{' '}
            <button type="button" onClick={() => setArrival('coming')}>
              {editorStrings.editor.loadAgain}
            </button>
          </p>
          <textarea
            aria-label={label}
            value={text}
            readOnly={readOnly}
            spellCheck={false}
            onChange={(event) => props.onChange(event.target.value)}
          />
        </div>
      )}
      <p className="script-keys" id={helpId}>
        {tabIndents ? editorStrings.editor.keysHelpIndenting : editorStrings.editor.keysHelp}
      </p>
    </div>
  );
}
