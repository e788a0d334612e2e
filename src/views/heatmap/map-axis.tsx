import { grouped } from '../../model/strings/numbers.ts';
import { paintStrings } from '../../model/strings/paint.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import { PAGE_BYTES, type Pages } from '../../model/units.ts';
import { rowScale } from '../../paint/map-scale.ts';
import { axisTicks, lastFirstPage, type Viewport } from '../../paint/viewport.ts';
import './lane-maps.css';

interface Props {
  readonly viewport: Viewport | null;
  /** All that can be scrolled to. */
  readonly pages: Pages;
  /** There is room for numbers only. */
  readonly short?: boolean;
}

/** What a row stands for, and the address at every few rows. */
export function MapAxis({ viewport, pages, short = false }: Props) {
  if (viewport === null) return <div className="map-axis" />;
  const unit = Math.max(pages, viewport.rows * viewport.columns) * PAGE_BYTES >= 2 ** 30 ? 'GiB' : 'MiB';
  const all = axisTicks(viewport);
  // Labels have two decimals: a quarter of a gibibyte is the least that they can say exactly.
  const exact = unit === 'GiB' ? all.filter(({ address }) => address % 2 ** 28 === 0) : all;
  const ticks = exact.length > 2 ? exact : all;
  return (
    <div className="map-axis" aria-hidden="true">
      <span className="map-row-scale">
        {short && `${words.map.scaleInMib}, `}
        {rowScale(viewport)}
      </span>
      {ticks.map((tick) => (
        <span key={tick.page} className="map-tick" style={{ insetBlockStart: `${tick.y}px` }}>
          {short ? grouped(tick.address / 2 ** 20) : paintStrings.axis(tick.address, unit)}
        </span>
      ))}
      <ScrollBar viewport={viewport} pages={pages} />
    </div>
  );
}

/** How much of the memory is in sight, and where that is. */
function ScrollBar({ viewport, pages }: { viewport: Viewport; pages: Pages }) {
  const last = lastFirstPage(viewport, pages);
  if (last === 0) return null;
  const shown = viewport.rows * viewport.columns;
  const all = last + shown;
  return (
    <span className="map-scrollbar" style={{ blockSize: viewport.height / viewport.ratio }}>
      <i style={{ insetBlockStart: `${(100 * viewport.firstPage) / all}%`, blockSize: `${(100 * shown) / all}%` }} />
    </span>
  );
}
