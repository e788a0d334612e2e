import type { PageReading } from '../../model/inspection.ts';
import { zoomStrings as words } from '../../model/strings/zoom.ts';
import { useFact } from '../shared/app-context.tsx';

const FILLS = ['metadata', 'live', 'slack', 'free', 'dead', 'top', 'static'] as const;

/** What the fills and signs of a page's picture stand for: those that it has. */
export function BlockLegend({ reading }: { reading: PageReading | null }) {
  const colour = useFact((state) => state.colour);
  const { legend } = words;
  if (reading === null) return <ul className="zoom-legend" aria-label={legend.label} />;
  const { classes, spans } = reading;
  // By age and by line live blocks have other colours, which the maps' legend says.
  const shown = FILLS.filter((what) => classes[what] > 0 && (what !== 'live' || colour === 'live'));
  return (
    <ul className="zoom-legend" aria-label={legend.label}>
      {shown.map((what) => (
        <Entry key={what} what={what} text={legend[what]} />
      ))}
      {spans.after.some((next) => next !== 0) && (
        <li>
          <i className="zoom-dot" aria-hidden="true" />
          {legend.link}
        </li>
      )}
    </ul>
  );
}

function Entry({ what, text }: { what: string; text: string }) {
  return (
    <li>
      <i className="budget-key" data-class={what} aria-hidden="true" />
      {text}
    </li>
  );
}
