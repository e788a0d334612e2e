import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { editorStrings } from '../../model/strings/editor.ts';
import type { ReferenceEntry, ReferenceMessage, ReferenceSection } from '../../script/reference.ts';
import { ExampleCode } from '../editor/example-code.tsx';
import { MessageText } from '../editor/message-text.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import './language-reference.css';
import { searchMessages, searchReference } from './search-reference.ts';

interface LanguageReferenceProps {
  readonly sections: readonly ReferenceSection[];
  readonly messages: readonly ReferenceMessage[];
  /** Puts an example into the editor. */
  readonly onTry: (text: string) => void;
  readonly onClose: () => void;
  /** Id of the section, entry or message (its code) to open at. */
  readonly openAt?: string;
}

const say = editorStrings.reference;
/** Where the reference lies beside the lanes and not over all of them. */
const WIDE = '(min-width: 1180px)';
const MESSAGES = 'messages';

/**
 * The language, searchable, each form with an example that runs. On a wide page a panel at the side that leaves the editor
 * in use, else a dialog that holds the focus. Open while it is mounted.
 */
export function LanguageReference({ sections, messages, onTry, onClose, openAt }: LanguageReferenceProps) {
  const [query, setQuery] = useState('');
  const settled = useDeferredValue(query);
  const [kind] = useState<'side' | 'dialog'>(() => (window.matchMedia(WIDE).matches ? 'side' : 'dialog'));
  const body = useRef<HTMLDivElement>(null);
  const found = useMemo(() => searchReference(sections, settled), [sections, settled]);
  const foundMessages = useMemo(() => searchMessages(messages, settled), [messages, settled]);
  const amount = found.reduce((sum, section) => sum + section.entries.length, foundMessages.length);
  useEffect(() => {
    if (openAt !== undefined) goTo(body.current, openAt);
  }, [openAt]);

  return (
    <DialogFrame title={say.title} onClose={onClose} kind={kind} className="reference">
      <search className="reference-search">
        <label>
          <span className="visually-hidden">{say.search}</span>
          <input
            type="search"
            value={query}
            placeholder={say.searchHint}
            data-autofocus=""
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setQuery(event.target.value);
              body.current?.scrollTo(0, 0);
            }}
            onKeyDown={(event) => {
              // The first Escape empties the field, the next one closes.
              if (event.key !== 'Escape' || query === '') return;
              event.preventDefault();
              setQuery('');
            }}
          />
        </label>
        <p role="status" className="reference-found">
          {settled.trim() === '' ? '' : say.found(amount, settled.trim())}
        </p>
      </search>
      <div className="frame-body" ref={body}>
        {settled.trim() === '' && (
          <nav aria-label={say.sections}>
            <ul>
              {[...sections, { id: MESSAGES, title: say.messages }].map(({ id, title }) => (
                <li key={id}>
                  <button type="button" className="button" data-kind="link" onClick={() => goTo(body.current, id)}>
                    {title}
                  </button>
                </li>
              ))}
            </ul>
          </nav>
        )}
        {found.map((section) => (
          <section key={section.id} aria-labelledby={anchor(section.id)}>
            <h3 id={anchor(section.id)} tabIndex={-1}>
              {section.title}
            </h3>
            {section.entries.map((entry) => (
              <Entry entry={entry} onTry={onTry} key={entry.id} />
            ))}
          </section>
        ))}
        {foundMessages.length > 0 && <Messages messages={foundMessages} />}
      </div>
    </DialogFrame>
  );
}

function Entry({ entry, onTry }: { readonly entry: ReferenceEntry; readonly onTry: (text: string) => void }) {
  const { id, title, text, example } = entry;
  return (
    <article aria-labelledby={anchor(id)}>
      <h4 id={anchor(id)} tabIndex={-1}>
        <MessageText text={title} />
      </h4>
      <p>
        <MessageText text={text} />
      </p>
      {example !== undefined && (
        <div className="reference-example">
          <ExampleCode text={example} />
          <button type="button" className="button" aria-label={say.tryItNamed(title)} onClick={() => onTry(example)}>
            {say.tryIt}
          </button>
        </div>
      )}
    </article>
  );
}

/** A list, not a table: four columns do not fit on a phone, and nobody compares down a column. */
function Messages({ messages }: { readonly messages: readonly ReferenceMessage[] }) {
  return (
    <section aria-labelledby={anchor(MESSAGES)}>
      <h3 id={anchor(MESSAGES)} tabIndex={-1}>
        {say.messages}
      </h3>
      <dl>
        {messages.map(({ code, mistake, message, fix }) => (
          <div key={code}>
            <dt id={anchor(code)} tabIndex={-1}>
              {code}
            </dt>
            <dd>
              <p>
                <MessageText text={message} />
              </p>
              {mistake !== '' && (
                <p className="reference-aside">
                  {say.mistake} <MessageText text={mistake} />
                </p>
              )}
              {fix !== '' && (
                <p className="reference-aside">
                  {say.fix} <MessageText text={fix} />
                </p>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function anchor(id: string): string {
  return `reference-${id}`;
}

/** Scrolls to an entry and puts the focus there, so that reading goes on from it. The page's address stays as it is. */
function goTo(body: HTMLElement | null, id: string): void {
  const target = body?.querySelector<HTMLElement>(`#${CSS.escape(anchor(id))}`);
  target?.scrollIntoView({ block: 'start' });
  target?.focus({ preventScroll: true });
}
