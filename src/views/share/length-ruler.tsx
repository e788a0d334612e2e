import { linkStrings } from '../../model/strings/link.ts';
import { CHAT_LIMIT, LONG_LINK } from '../../state/link/share-dialog.ts';
import { QR_CHARACTERS, QR_LARGEST } from './qr-size.ts';

const words = linkStrings.share;
const LEAST = 100;
const MOST = 100_000;
const WIDTH = 500;
const BASE = 26;
const FIGURES = [100, 1000, 10_000, 100_000];
/** Where a link begins to be too long for something, and the word for all that is shorter. */
const BOUNDS = [
  { at: QR_CHARACTERS, text: words.ruler.scan },
  { at: CHAT_LIMIT, text: words.ruler.chat },
  { at: QR_LARGEST, text: words.ruler.qr },
];

/** Place of a length on the ruler, which is logarithmic, in units of its drawing. */
function place(characters: number): number {
  const inside = Math.min(MOST, Math.max(LEAST, characters));
  return (Math.log(inside / LEAST) / Math.log(MOST / LEAST)) * WIDTH;
}

/** How long the link is beside what takes links of that length. */
export function LengthRuler({ characters }: { characters: number }) {
  const at = place(characters);
  return (
    <svg
      className="length-ruler"
      viewBox={`0 0 ${WIDTH} 46`}
      role="img"
      aria-label={words.rulerLabel(characters)}
      data-long={characters > LONG_LINK || undefined}
    >
      {BOUNDS.map(({ at: bound, text }, k) => (
        <g key={text}>
          <line x1={place(bound)} x2={place(bound)} y1={BASE - 9} y2={BASE} className="ruler-bound" />
          <text x={place(bound) - 4} y={BASE - 12} textAnchor={k === 2 ? 'start' : 'end'}>
            {text}
          </text>
        </g>
      ))}
      <line x1="0" x2={WIDTH} y1={BASE} y2={BASE} className="ruler-line" />
      <line x1="0" x2={at} y1={BASE} y2={BASE} className="ruler-length" />
      <path d={`M${at - 5} ${BASE - 9}h10L${at} ${BASE - 1}Z`} className="ruler-needle" />
      {FIGURES.map((figure) => (
        <text
          key={figure}
          x={place(figure)}
          y={BASE + 16}
          textAnchor={figure === LEAST ? 'start' : figure === MOST ? 'end' : 'middle'}
        >
          {words.figure(figure)}
        </text>
      ))}
    </svg>
  );
}
