import { lessonStrings as strings } from '../../model/strings/lessons.ts';

interface Props {
  /** The axis goes from 0 to here. */
  readonly most: number;
  readonly you: number | null;
  readonly truth: number;
  readonly text: (value: number) => string;
}

/** A guess above, the measured value below the same axis. */
export function GuessAxis({ most, you, truth, text }: Props) {
  const share = (value: number) => `${Math.min(100, Math.max(0, (100 * value) / most))}%`;
  const words = strings.predict;
  return (
    <div className="guess-axis">
      <p className="visually-hidden">{words.axis(you === null ? null : text(you), text(truth))}</p>
      <div className="guess-line" aria-hidden="true">
        {you !== null && (
          <span className="guess-you" data-late={you > most / 2 || undefined} style={{ insetInlineStart: share(you) }}>
            <i />
            <span className="guess-label">
              {words.you} {text(you)}
            </span>
          </span>
        )}
        <span
          className="guess-truth"
          data-late={truth > most / 2 || undefined}
          style={{ insetInlineStart: share(truth) }}
        >
          <i />
          <span className="guess-label">
            {words.truth} {text(truth)}
          </span>
        </span>
      </div>
    </div>
  );
}
