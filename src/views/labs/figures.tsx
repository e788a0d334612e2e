import type { CardFigure, Figure, TranscriptFigure } from '../../labs/report.ts';
import { BarChart } from './bar-chart.tsx';
import { ByteMap } from './byte-map.tsx';
import { FigureHead } from './figure-head.tsx';
import { FigureTable } from './figure-table.tsx';
import { LineChart } from './line-chart.tsx';
import { Marked } from './marked.tsx';
import { PageMap } from './page-map.tsx';
import { RowChart } from './row-chart.tsx';
import { StepChart } from './step-chart.tsx';
import { styleOf } from './styles.ts';

/** Draws any figure of a report. */
export function FigureView({ figure }: { figure: Figure }) {
  switch (figure.kind) {
    case 'lines':
      return <LineChart figure={figure} />;
    case 'rows':
      return <RowChart figure={figure} />;
    case 'bytes':
      return <ByteMap figure={figure} />;
    case 'bars':
      return <BarChart figure={figure} />;
    case 'steps':
      return <StepChart figure={figure} />;
    case 'pages':
      return <PageMap figure={figure} />;
    case 'cards':
      return <Cards figure={figure} />;
    case 'transcript':
      return <Transcript figure={figure} />;
    case 'table':
      return (
        <figure className="lab-figure" data-figure={figure.id} data-kind="table">
          <FigureHead figure={figure} />
          <FigureTable table={figure.table} label={figure.title} />
        </figure>
      );
  }
}

function Cards({ figure }: { figure: CardFigure }) {
  return (
    <figure className="lab-figure" data-figure={figure.id} data-kind="cards">
      <FigureHead figure={figure} />
      <dl className="lab-cards">
        {figure.cards.map(({ label, code, value, note, style }) => (
          <div key={label}>
            <dt>
              {label}
              <code>{code}</code>
            </dt>
            <dd>
              <strong style={{ color: styleOf(style).colour }}>{value}</strong>
              <span>{note}</span>
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}

const SIGNS = { plain: '→', good: '→', bad: '✕' } as const;

function Transcript({ figure }: { figure: TranscriptFigure }) {
  return (
    <figure className="lab-figure" data-figure={figure.id} data-kind="transcript">
      <FigureHead figure={figure} />
      <ol className="transcript">
        {figure.lines.map(({ code, result, tone }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one transcript never move
          <li key={i}>
            <code>{code}</code>
            {result !== '' && (
              <code data-tone={tone}>
                <span aria-hidden="true">{SIGNS[tone]} </span>
                {result}
              </code>
            )}
          </li>
        ))}
      </ol>
      {figure.after !== '' && (
        <p className="figure-after">
          <Marked text={figure.after} />
        </p>
      )}
    </figure>
  );
}
