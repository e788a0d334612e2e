import { useMemo, useRef, useState } from 'react';
import { linkStrings } from '../../model/strings/link.ts';
import { type LinkWritten, writeLink } from '../../state/link/hash.ts';
import type { LinkPart } from '../../state/link/settings-1.ts';
import { linkAddress, linkLength, markdownLink, withoutParts } from '../../state/link/share-dialog.ts';
import { LANE_LETTERS, type ShareState } from '../../state/link/share-state.ts';
import { shareState } from '../../state/sharing.ts';
import { DialogFrame } from '../reference/dialog-frame.tsx';
import { useApp, useFact } from '../shared/app-context.tsx';
import { LengthRuler } from './length-ruler.tsx';
import { QrCode } from './qr-code.tsx';
import { SaveStateFile } from './save-state-file.tsx';
import './share-dialog.css';

const words = linkStrings.share;
const PARTS = ['lanes', 'position', 'view'] as const satisfies readonly LinkPart[];

/** The page as it was when the dialog was opened, as a link and as a file: what is in it, what it costs, what to leave out. */
export function ShareDialog({ onClose }: { onClose: () => void }) {
  const { store } = useApp();
  const [state] = useState(() => shareState(store.getState()));
  const [leftOut, setLeftOut] = useState<ReadonlySet<LinkPart>>(new Set());
  const written = useMemo(() => writeLink(withoutParts(state, leftOut)), [state, leftOut]);
  const toggle = (part: LinkPart) => {
    const next = new Set(leftOut);
    if (!next.delete(part)) next.add(part);
    setLeftOut(next);
  };
  return (
    <DialogFrame title={words.title} onClose={onClose} className="share">
      <div className="frame-body share-body">
        {written.kind === 'link' ? (
          <Link state={state} written={written} leftOut={leftOut} onToggle={toggle} />
        ) : (
          <p className="share-none">{noLinkText(written)}</p>
        )}
      </div>
      <SaveStateFile />
    </DialogFrame>
  );
}

function noLinkText(written: Exclude<LinkWritten, { kind: 'link' }>): string {
  switch (written.kind) {
    case 'too-long':
      return words.tooLong(written.characters, written.limit);
    case 'script-too-long':
      return words.scriptTooLong(written.limit);
    case 'recording':
      return words.recording;
  }
}

interface LinkProps {
  readonly state: ShareState;
  readonly written: LinkWritten & { readonly kind: 'link' };
  readonly leftOut: ReadonlySet<LinkPart>;
  readonly onToggle: (part: LinkPart) => void;
}

function Link({ state, written, leftOut, onToggle }: LinkProps) {
  const name = useFact((facts) => facts.document.name);
  const address = linkAddress(location.href, written.hash);
  const length = linkLength(address.length);
  return (
    <div className="share-columns">
      <div className="share-link">
        <Copy address={address} />
        <LengthRuler characters={address.length} />
        <p className="share-advice" data-length={length}>
          {words.advice[length]}
        </p>
        <div className="share-holds">
          <h3>{words.holds}</h3>
          <p>{words.cost(address.length - written.hash.length + written.costs.frame)}</p>
        </div>
        <ul className="share-parts">
          <Part name={sourceName(state, name)} cost={written.costs.script} kept />
          {PARTS.map((part) => (
            <Part
              key={part}
              name={partName(part, state)}
              cost={written.costs[part]}
              kept={!leftOut.has(part)}
              onToggle={() => onToggle(part)}
            />
          ))}
        </ul>
        <p className="share-note">{words.staysHere}</p>
      </div>
      <QrCode address={address} />
    </div>
  );
}

function sourceName({ source }: ShareState, name: string): string {
  if (source.kind === 'script') return words.parts.script(source.text.replace(/\n$/, '').split('\n').length);
  return words.parts.gallery(name);
}

function partName(part: LinkPart, { lanes, position }: ShareState): string {
  switch (part) {
    case 'lanes':
      return words.parts.lanes([...LANE_LETTERS.slice(0, lanes.length)].join(', '));
    case 'position':
      return words.parts.position(position);
    case 'view':
      return words.parts.view;
  }
}

interface PartProps {
  readonly name: string;
  readonly cost: number;
  readonly kept: boolean;
  /** Left out where the part cannot be. */
  readonly onToggle?: () => void;
}

function Part({ name, cost, kept, onToggle }: PartProps) {
  return (
    <li>
      <label>
        <input
          type="checkbox"
          checked={kept}
          disabled={onToggle === undefined}
          onChange={onToggle ?? (() => undefined)}
        />
        <span>{name}</span>
      </label>
      <span>{linkStrings.share.figure(cost)}</span>
    </li>
  );
}

/** The address, and ways to take it along. Where the clipboard is refused the address is selected, to be copied by hand. */
function Copy({ address }: { address: string }) {
  const { store, records } = useApp();
  const field = useRef<HTMLTextAreaElement>(null);
  const [said, setSaid] = useState('');
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(words.copied);
    } catch {
      field.current?.focus();
      field.current?.select();
      setSaid(words.copyByHand);
    }
  };
  const markdown = () => {
    const { position, lanes } = store.getState();
    const pages = lanes.map(({ key }, k) => ({
      letter: LANE_LETTERS[k]!,
      pages: records.lane(key).series.pagesAt(position),
    }));
    return markdownLink(words.claim(position, pages), address);
  };
  return (
    <>
      <textarea
        ref={field}
        className="share-address"
        aria-label={words.link}
        readOnly
        rows={4}
        value={address}
        spellCheck={false}
        onFocus={(event) => event.target.select()}
      />
      <div className="share-copy">
        <button
          type="button"
          className="button"
          data-kind="primary"
          data-autofocus=""
          onClick={() => void copy(address)}
        >
          {words.copyLink}
        </button>
        <button type="button" className="button" onClick={() => void copy(markdown())}>
          {words.copyMarkdown}
        </button>
        <p className="share-said" role="status">
          {said}
        </p>
        <p className="share-length">
          <b>{words.figure(address.length)}</b> {words.characters(address.length)}
        </p>
      </div>
    </>
  );
}
