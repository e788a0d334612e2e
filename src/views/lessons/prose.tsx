import { memo, type ReactNode } from 'react';
import { actionOf } from '../../model/lesson-actions.ts';
import { type ProsePart, parseProse } from '../../model/prose.ts';
import { useFact } from '../shared/app-context.tsx';
import { useCourse } from './use-course.ts';
import { useMeasured } from './use-measured.ts';
import './prose.css';

/** Paragraphs of a lesson. Underlined words act on the real controls, numbers in braces are measured as one reads. */
export const Prose = memo(function Prose({ paragraphs }: { readonly paragraphs: readonly string[] }) {
  return (
    <div className="lesson-prose">
      {paragraphs.map((text) => (
        <p key={text}>
          <Line text={text} />
        </p>
      ))}
    </div>
  );
});

/** One text in the lessons' markup, without a paragraph of its own. */
export function Line({ text }: { text: string }): ReactNode {
  return <Parts parts={parseProse(text)} />;
}

function Parts({ parts }: { parts: readonly ProsePart[] }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: a text is read as a whole; its parts never move
  return parts.map((part, i) => <Part key={i} part={part} />);
}

function Part({ part }: { part: ProsePart }): ReactNode {
  const course = useCourse();
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'proven':
      return <span className="lesson-number">{part.text}</span>;
    case 'code':
      return <code>{part.text}</code>;
    case 'strong':
      return (
        <b>
          <Parts parts={part.parts} />
        </b>
      );
    case 'live':
      return <Live lane={part.lane} metric={part.metric} />;
    case 'act':
      return (
        <button
          type="button"
          className="lesson-word"
          onClick={() => {
            course.act(part.action);
            bringIntoSight(part.action);
          }}
        >
          {part.words}
        </button>
      );
  }
}

/** Where the page is one column, what a word moves may be out of sight. */
function bringIntoSight(action: string): void {
  const kind = actionOf(action)?.kind;
  const id = kind === 'line' || kind === 'edit' ? 'script' : SEEN_ON_MAPS.has(kind ?? '') ? 'lesson-lanes' : null;
  if (id !== null) document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
}

const SEEN_ON_MAPS: ReadonlySet<string> = new Set(['block', 'page', 'metric', 'lane', 'lanes', 'colour']);

function Live({ lane: letter, metric }: { lane: string; metric: string }) {
  const lane = useFact((state) => state.lanes['ABCD'.indexOf(letter)]);
  const { text, fresh } = useMeasured(lane, metric);
  return (
    <span className="lesson-number" data-stale={!fresh || undefined}>
      {text}
    </span>
  );
}
