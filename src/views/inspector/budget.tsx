import type { PageReading } from '../../model/inspection.ts';
import type { ClassBytes } from '../../model/metrics.ts';
import { SpanKind } from '../../model/spans.ts';
import { inspectorStrings as words } from '../../model/strings/inspector.ts';
import { PAGE_BYTES } from '../../model/units.ts';

/** In the order of the bar and the table; what a page has none of is left out. */
const CLASSES: readonly (keyof ClassBytes)[] = ['static', 'live', 'slack', 'metadata', 'free', 'dead', 'top'];

/** Every byte of the page in one class, as a bar to scale and as figures that add up to 65,536. */
export function Budget({ reading }: { reading: PageReading }) {
  const { classes, spans, blocks, adds } = reading;
  const shown = CLASSES.filter((id) => classes[id] !== 0);
  const holes = spans.kind.reduce((sum, kind) => sum + (kind === SpanKind.Free ? 1 : 0), 0);
  const live = blocks.requested.reduce((sum, bytes) => sum + (bytes > 0 ? 1 : 0), 0);
  const nameOf = (id: keyof ClassBytes) => {
    const name = words.budget.names[id];
    if (id === 'live') return words.budget.withCount(name, live, ...words.budget.blocks);
    return id === 'free' ? words.budget.withCount(name, holes, ...words.budget.holes) : name;
  };
  let largest = 0;
  spans.kind.forEach((kind, k) => {
    if (kind === SpanKind.Free) largest = Math.max(largest, spans.bytes[k]!);
  });
  return (
    <div className="budget">
      <div className="budget-bar" aria-hidden="true">
        {shown.map((id) => (
          <i key={id} data-class={id} style={{ flexGrow: Math.max(0, classes[id]) / PAGE_BYTES }} />
        ))}
      </div>
      <table aria-label={words.budget.label}>
        <tbody>
          {shown.map((id) => (
            <tr key={id} data-class={id} data-bytes={classes[id]}>
              <th scope="row">
                <i className="budget-key" data-class={id} aria-hidden="true" />
                {nameOf(id)}
              </th>
              <td>{words.budget.bytes(classes[id])}</td>
              <td className="budget-share">{words.budget.share(classes[id])}</td>
            </tr>
          ))}
          {largest > 0 && (
            <tr data-largest="">
              <th scope="row">{words.budget.largest}</th>
              <td>{words.budget.bytes(largest)}</td>
              <td />
            </tr>
          )}
        </tbody>
      </table>
      {!adds && <p className="inspector-note">{words.budget.broken}</p>}
    </div>
  );
}
