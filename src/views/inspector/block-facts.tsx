import { headerBytes, parseLaneName } from '../../model/lanes.ts';
import { OpKind } from '../../model/operations.ts';
import { blockName } from '../../model/scenario.ts';
import { inspectorStrings as words } from '../../model/strings/inspector.ts';
import { type OperationNumber, PAGE_BYTES } from '../../model/units.ts';
import { type Inspected, placeOf } from '../../state/inspections.ts';
import { laneTitle } from '../lanes/lane-names.ts';
import { useApp, useFact } from '../shared/app-context.tsx';
import { laneLetter } from '../shared/lane-letter.ts';

interface Props {
  readonly target: Inspected;
  readonly chunk: object | null;
  /** Its bytes are shown beside it. */
  readonly near?: boolean;
}

/** One block: what was asked for and what it got, where it lies, its life, and the same block in the other lanes. */
export function BlockFacts({ target, chunk, near = false }: Props) {
  const { records, zoom, point } = useApp();
  const scenario = useFact((state) => state.scenario);
  const lanes = useFact((state) => state.lanes);
  const position = useFact((state) => state.position);
  if (scenario === null) return null;
  const { operations, blocks } = scenario;
  const { block: operation, lane } = target;
  const name = blockName(blocks, operations.id[operation - 1]!);
  const end = records.ends?.[operation] ?? 0;
  const place = placeOf(records, lane.key, operation, target.position);
  const allocator = parseLaneName(lane.config.name);
  const placed = isPlaced(operations.kind[operation - 1]!);
  const header = allocator === null || placed ? 0 : headerBytes(allocator);
  const lineOf = (t: OperationNumber) => operations.line[t - 1]!;
  const birth = birthOf(operations.prev, operations.kind, operation);
  return (
    <section className="block-facts" aria-label={words.block.name(name)}>
      <h3>{words.block.name(name)}</h3>
      {place === null ? (
        <p className="inspector-note">
          {operation > target.position
            ? words.block.notYet(operation)
            : end !== 0 && end <= target.position
              ? words.block.gone(end)
              : words.block.failed}
        </p>
      ) : (
        <dl className="facts">
          <Fact name={words.block.address} value={<code>{words.address(place.address)}</code>} />
          <Fact name={words.block.request} value={words.exact(place.requested)} />
          <Fact name={words.block.usable} value={words.exact(place.usable)} />
          <Fact name={words.block.rounding} value={words.exact(place.usable - place.requested)} />
          <Fact
            name={words.block.header}
            value={
              header === 0 || place.usable === 0
                ? words.block.noHeader
                : words.block.headerAt(header, place.address - header)
            }
          />
        </dl>
      )}
      {place !== null && place.usable === 0 && <p className="inspector-note">{words.block.noBytes}</p>}
      <dl className="facts">
        <Fact name={words.block.born} value={<ToOperation operation={birth} line={lineOf(birth)} />} />
        {birth !== operation && (
          <Fact name={words.block.resized} value={<ToOperation operation={operation} line={lineOf(operation)} />} />
        )}
        <Fact
          name={words.block.ends}
          value={end === 0 ? words.block.never : <ToOperation operation={end} line={lineOf(end)} />}
        />
        {place !== null && (
          <Fact name={words.block.age} value={words.block.ageValue(Math.min(position, target.position) - birth)} />
        )}
      </dl>
      {chunk !== null && !near && (
        <button type="button" className="button" onClick={() => zoom.to('bytes')}>
          {words.bytes.show}
        </button>
      )}
      {lanes.length > 1 && (
        <>
          <h3>{words.block.elsewhere}</h3>
          <ul className="elsewhere">
            {lanes.map((other, index) => {
              if (other.key === lane.key) return null;
              const letter = laneLetter(index);
              const there = placeOf(records, other.key, operation, position);
              return (
                <li key={other.key} data-lane={letter}>
                  <b>{letter}</b> {laneTitle(other)}{' '}
                  {there === null ? (
                    words.block.notThere
                  ) : (
                    <button
                      type="button"
                      className="button"
                      data-kind="link"
                      aria-label={`${words.block.go(letter)}: ${words.block.there(there.address, pageOf(there.address), there.usable)}`}
                      onClick={() =>
                        point.select({ kind: 'block', lane: other.key, operation, page: pageOf(there.address) })
                      }
                    >
                      {words.block.there(there.address, pageOf(there.address), there.usable)}
                    </button>
                  )}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </section>
  );
}

/** An operation and its line, and the way there. */
function ToOperation({ operation, line }: { operation: OperationNumber; line: number }) {
  const { playback } = useApp();
  return (
    <button
      type="button"
      className="button"
      data-kind="link"
      aria-label={words.block.goToOperation(operation)}
      onClick={() => playback.seek(operation)}
    >
      {words.block.line(operation, line)}
    </button>
  );
}

const pageOf = (address: number) => Math.floor(address / PAGE_BYTES);
const isPlaced = (kind: number) => kind === OpKind.Place || kind === OpKind.Move;

/** The operation that first made the block: back along the resizes that gave it other places. */
function birthOf(prev: Uint32Array, kind: Uint8Array, operation: OperationNumber): OperationNumber {
  let at = operation;
  while ((kind[at - 1] === OpKind.Realloc || kind[at - 1] === OpKind.Move) && prev[at - 1] !== 0) at = prev[at - 1]!;
  return at;
}

function Fact({ name, value }: { name: string; value: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
