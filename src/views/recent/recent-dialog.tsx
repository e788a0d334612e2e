import { useCallback, useEffect, useState } from 'react';
import { workStrings } from '../../model/strings/work.ts';
import type { Entry } from '../../state/keep/archive.ts';
import { DialogFrame } from '../reference/dialog-frame.tsx';
import { useApp } from '../shared/app-context.tsx';
import './recent.css';

const words = workStrings.recent;

/** What the visitor made or brought before, newest first, to be opened again or thrown away. */
export function RecentDialog({ onClose }: { onClose: () => void }) {
  const { keeper } = useApp();
  const [entries, setEntries] = useState<readonly Entry[] | 'refused' | null>(null);
  const list = useCallback(() => {
    const listed = keeper === null ? Promise.reject() : keeper.flush().then(() => keeper.list());
    listed.then(setEntries, () => setEntries('refused'));
  }, [keeper]);
  useEffect(list, [list]);
  const open = (entry: Entry) => {
    onClose();
    void keeper?.reopen(entry);
  };
  return (
    <DialogFrame title={words.title} onClose={onClose}>
      <div className="frame-body recent">
        {entries === 'refused' && <p>{words.refused}</p>}
        {entries?.length === 0 && <p>{words.none}</p>}
        {Array.isArray(entries) && entries.length > 0 && (
          <ul>
            {entries.map((entry) => (
              <Row
                key={entry.id}
                entry={entry}
                onOpen={() => open(entry)}
                onRemove={() => void keeper?.remove(entry.id).then(list)}
              />
            ))}
          </ul>
        )}
      </div>
      <div className="frame-foot">
        <p className="recent-note">{words.note}</p>
      </div>
    </DialogFrame>
  );
}

interface RowProps {
  readonly entry: Entry;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
}

function Row({ entry, onOpen, onRemove }: RowProps) {
  const { keeper } = useApp();
  const { name, saved } = entry.record;
  const here = keeper?.isHere(entry.id) === true;
  const time = new Date(saved);
  return (
    <li>
      <div className="recent-what">
        <b>{name}</b>
        <code>{firstLine(entry)}</code>
      </div>
      <time dateTime={time.toISOString()}>
        {time.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
      </time>
      {here ? (
        <span className="recent-here">{words.now}</span>
      ) : (
        <>
          <button type="button" className="button" aria-label={words.openOf(name)} onClick={onOpen}>
            {words.open}
          </button>
          <button
            type="button"
            className="button"
            data-kind="plain"
            aria-label={words.removeOf(name)}
            onClick={onRemove}
          >
            {words.remove}
          </button>
        </>
      )}
    </li>
  );
}

/** What a piece of work begins with, for somebody who looks for it; '' for a recording. */
function firstLine({ record }: Entry): string {
  const script = /^ {2}"script": (".*")$/m.exec(record.text)?.[1];
  if (script === undefined) return '';
  try {
    const text: unknown = JSON.parse(script);
    return typeof text === 'string' ? (text.split('\n').find((line) => line.trim() !== '') ?? '') : '';
  } catch {
    return '';
  }
}
