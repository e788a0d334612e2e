import { type FormEvent, useId, useState } from 'react';
import { mapStrings as words } from '../../model/strings/maps.ts';
import { MAX_PAGES, PAGE_BYTES, type Pages } from '../../model/units.ts';
import { cellOfPage } from '../../paint/page-order.ts';
import { firstPageAround, lastFirstPage, type Viewport } from '../../paint/viewport.ts';
import type { Lane } from '../../state/store.ts';
import { useApp } from '../shared/app-context.tsx';

interface Props {
  readonly lane: Lane;
  readonly viewport: Viewport | null;
  readonly pages: Pages;
}

/** The page that a text means: a number, with spaces between its digits if one likes, or an address in hexadecimal. */
export function pageOfText(text: string): number | null {
  const plain = text.replace(/[\s ,_]/g, '');
  if (/^0x[0-9a-f]{1,12}$/i.test(plain)) return Math.floor(Number(plain) / PAGE_BYTES);
  return /^\d{1,12}$/.test(plain) ? Number(plain) : null;
}

/** Selects the page at an address or of a number, and brings it into sight. */
export function PageFinder({ lane, viewport, pages }: Props) {
  const { point, look } = useApp();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const id = useId();
  const go = (event: FormEvent) => {
    event.preventDefault();
    const page = pageOfText(text);
    if (page === null || page >= MAX_PAGES) {
      setWrong(page === null ? words.notAPlace(text.trim().slice(0, 40)) : words.beyond(page));
      return;
    }
    setWrong(null);
    point.select({ kind: 'page', lane: lane.key, page });
    if (viewport !== null && cellOfPage(viewport, page) < 0) {
      look.setFirstPage(Math.min(lastFirstPage(viewport, pages), firstPageAround(viewport, page)));
    }
  };
  return (
    <form className="page-finder" onSubmit={go}>
      <label htmlFor={id}>{words.goTo}</label>
      <input
        id={id}
        value={text}
        placeholder={words.goToHint}
        aria-label={words.goToLabel}
        aria-invalid={wrong !== null || undefined}
        aria-describedby={wrong !== null ? `${id}-wrong` : undefined}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(null);
        }}
      />
      {wrong !== null && (
        <p id={`${id}-wrong`} role="alert" className="page-finder-wrong">
          {wrong}
        </p>
      )}
    </form>
  );
}
