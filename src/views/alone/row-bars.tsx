import { useRef } from 'react';
import { mapStrings as words } from '../../model/strings/maps.ts';
import { PAGE_BYTES } from '../../model/units.ts';
import { bandRows } from '../../paint/page-order.ts';
import type { Viewport } from '../../paint/viewport.ts';
import type { Lane } from '../../state/store.ts';
import { useApp } from '../shared/app-context.tsx';
import { usePaintTheme } from '../shared/theme.tsx';
import { useCanvas } from '../shared/use-canvas.ts';

/** Before the map stand the address scale and a gap, as the style sheet says. */
const AXIS_PX = 64;
const GAP_PX = 8;

/** How much of each row is live, at the map's own rows; in Hilbert order of each band of them. */
export function RowBars({ lane, viewport }: { lane: Lane; viewport: Viewport }) {
  const { store, records } = useApp();
  const theme = usePaintTheme();
  const live = useRef(new Float64Array(0));
  const { ref } = useCanvas((ctx, { width, height }) => {
    ctx.clearRect(0, 0, width, height);
    const { frame } = records.lane(lane.key);
    if (frame === null) return;
    frame.seek(Math.min(store.getState().position, frame.logged));
    const band = bandRows(viewport.order);
    const columns = viewport.columns * band;
    const rows = viewport.rows / band;
    if (live.current.length !== rows) live.current = new Float64Array(rows);
    frame.liveByRow(viewport.firstPage, columns, live.current);
    const { pages } = frame.facts();
    const pitch = (viewport.pitch * band) / viewport.ratio;
    const thick = Math.max(1, pitch - (pitch > 2 ? 1 : 0));
    for (let row = 0; row < rows; row++) {
      if (viewport.firstPage + row * columns >= pages) break;
      const y = (viewport.origin + viewport.gap) / viewport.ratio + row * pitch;
      ctx.fillStyle = theme.ramp[1]!;
      ctx.fillRect(0, y, width, thick);
      ctx.fillStyle = theme.ramp[5]!;
      ctx.fillRect(0, y, (width * live.current[row]!) / (columns * PAGE_BYTES), thick);
    }
  });
  return (
    <div
      className="row-bars"
      aria-hidden="true"
      style={{ insetInlineStart: AXIS_PX + viewport.width / viewport.ratio + GAP_PX }}
    >
      <span>{words.rowBars}</span>
      <canvas ref={ref} style={{ blockSize: viewport.height / viewport.ratio }} />
    </div>
  );
}
