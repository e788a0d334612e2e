import { useCallback, useMemo, useRef, useState } from 'react';
import { encode } from 'uqr';
import { linkStrings } from '../../model/strings/link.ts';
import { download } from '../recordings/download.ts';
import { FullScreenCode } from './full-screen-code.tsx';
import { QR_CHARACTERS, QR_VERSION } from './qr-size.ts';

const words = linkStrings.share.qr;
/** Modules of white round the code: four are asked for. */
const QUIET = 4;

/** The address for a phone's camera, or why there is none. Black on white in both themes: cameras expect it. */
export function QrCode({ address }: { address: string }) {
  const code = useMemo(() => {
    if (address.length > QR_CHARACTERS) return null;
    return encode(address, { ecc: 'L', border: 0, maxVersion: QR_VERSION });
  }, [address]);
  const [full, setFull] = useState(false);
  const close = useCallback(() => setFull(false), []);
  const drawing = useRef<HTMLDivElement>(null);
  if (code === null) {
    return (
      <div className="share-qr">
        <p className="share-note">{words.tooLong(QR_CHARACTERS)}</p>
      </div>
    );
  }
  const side = code.size + 2 * QUIET;
  const path = code.data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')))
    .join('');
  const picture = (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={words.label}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
  return (
    <div className="share-qr">
      <div ref={drawing}>{picture}</div>
      <p>
        <b>{words.point}</b>
      </p>
      <p className="share-note">{words.facts(code.version, code.size)}</p>
      <p className="share-qr-ways">
        <button type="button" className="button" onClick={() => setFull(true)}>
          {words.full}
        </button>
        <button
          type="button"
          className="button"
          aria-label={words.saveSvg}
          onClick={() => {
            const svg = drawing.current?.firstElementChild;
            if (svg)
              download(
                new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' }),
                words.fileName,
              );
          }}
        >
          SVG
        </button>
      </p>
      <p className="share-note">{words.phone}</p>
      {full && <FullScreenCode onClose={close}>{picture}</FullScreenCode>}
    </div>
  );
}
