import type { PageReading } from '../../model/inspection.ts';
import { SpanKind } from '../../model/spans.ts';
import { inspectorStrings } from '../../model/strings/inspector.ts';
import { zoomStrings as words } from '../../model/strings/zoom.ts';
import type { Addr, Bytes } from '../../model/units.ts';
import { chunkAt } from '../../paint/page-chunks.ts';
import type { Inspected } from '../../state/inspections.ts';
import { BlockFacts } from '../inspector/block-facts.tsx';
import { Budget } from '../inspector/budget.tsx';
import { HeaderFields, HexBytes } from '../inspector/hex-view.tsx';
import { HoleFacts } from '../inspector/hole-facts.tsx';
import { PageNotes } from '../inspector/page-notes.tsx';
import { useApp } from '../shared/app-context.tsx';
import { ScriptLines } from './script-lines.tsx';

interface Props {
  readonly target: Inspected;
  readonly reading: PageReading | null;
  readonly chunk: { readonly payload: Addr; readonly bytes: Bytes; readonly free: boolean } | null;
}

/** At the right of the blocks: the bytes of the one that is looked at, its header and its life; else what the page holds. */
export function Details({ target, reading, chunk }: Props) {
  const { records } = useApp();
  if (reading === null) return <Note text={inspectorStrings.waiting} />;
  if (reading.spans.kind.length === 0)
    return <Note text={inspectorStrings.notGrown(records.lane(target.lane.key).series.pagesAt(reading.position))} />;
  if (chunk === null) {
    return (
      <div className="zoom-details" data-part="page">
        <h3>{inspectorStrings.budget.caption}</h3>
        <Budget reading={reading} />
        <PageNotes target={target} reading={reading} />
        {target.block !== 0 ? (
          <BlockFacts target={target} chunk={null} near />
        ) : (
          <p className="inspector-note">{words.choose}</p>
        )}
      </div>
    );
  }
  const span = reading.spans.start.indexOf(chunk.payload);
  const neighbour = target.block === 0 ? -1 : holeBehind(reading, chunk);
  return (
    <div className="zoom-details" data-part="chunk">
      <section className="hex zoom-hex" aria-label={inspectorStrings.bytes.title}>
        <h3>{inspectorStrings.bytes.title}</h3>
        <HexBytes target={target} chunk={chunk} reading={reading} />
      </section>
      <div className="zoom-facts">
        <div className="hex">
          <HeaderFields target={target} chunk={chunk} />
          {neighbour >= 0 && (
            <section className="zoom-neighbour" aria-label={words.neighbour}>
              <h3>{words.neighbour}</h3>
              <HoleFacts target={target} reading={reading} span={neighbour} />
            </section>
          )}
        </div>
        <div className="zoom-life">
          {target.block === 0 ? (
            <HoleFacts target={target} reading={reading} span={span} near />
          ) : (
            <>
              <ScriptLines operation={target.block} />
              <BlockFacts target={target} chunk={chunk} near />
            </>
          )}
        </div>
      </div>
    </div>
  );
}

/** The hole right behind a block, −1 where something else is. */
function holeBehind({ spans }: PageReading, { payload, bytes }: { payload: Addr; bytes: Bytes }): number {
  const behind = chunkAt(spans, payload + bytes);
  return spans.kind[behind] === SpanKind.Free && spans.start[behind]! > payload ? behind : -1;
}

function Note({ text }: { text: string }) {
  return (
    <div className="zoom-details">
      <p className="inspector-note">{text}</p>
    </div>
  );
}
