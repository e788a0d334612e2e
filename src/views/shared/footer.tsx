import { viewsStrings as words } from '../../model/strings/views.ts';

/** Put in by the build: version of the package, and the day of the newest change that went into it. */
declare const HEAPSCAPE_VERSION: string;
declare const HEAPSCAPE_DATE: string;

/** The same in one sentence, for pictures that leave the page. */
export const madeBy = () => `${words.footer(HEAPSCAPE_VERSION)} ${words.day(new Date(HEAPSCAPE_DATE))}`;

/** Which Heapscape this is: what somebody who reports a fault, or reads an old link, wants to know. */
export function Footer() {
  return (
    <footer className="page-footer">
      {words.footer(HEAPSCAPE_VERSION)} <time dateTime={HEAPSCAPE_DATE}>{words.day(new Date(HEAPSCAPE_DATE))}</time>
    </footer>
  );
}
