import type { Figure } from '../../labs/report.ts';
import { labsStrings as words } from '../../model/strings/labs.ts';

interface Props {
  readonly figure: Figure;
  readonly table?: boolean;
  readonly onTable?: (table: boolean) => void;
}

/** A figure's title, what it plots, and the way to its table twin. */
export function FigureHead({ figure, table = false, onTable }: Props) {
  return (
    <figcaption className="figure-head">
      <h3>{figure.title}</h3>
      {onTable !== undefined && (
        <button
          type="button"
          className="button"
          data-kind="link"
          data-table-toggle=""
          aria-pressed={table}
          onClick={() => onTable(!table)}
        >
          {words.figure.table}
        </button>
      )}
      <span className="figure-note">{figure.note}</span>
    </figcaption>
  );
}
