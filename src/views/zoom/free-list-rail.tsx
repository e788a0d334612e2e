import type { FreeLists } from '../../model/inspection.ts';
import { ALLOCATORS, parseLaneName } from '../../model/lanes.ts';
import { inspectorStrings } from '../../model/strings/inspector.ts';
import { memory } from '../../model/strings/numbers.ts';
import { zoomStrings as words } from '../../model/strings/zoom.ts';
import { type Addr, PAGE_BYTES } from '../../model/units.ts';
import type { Inspected } from '../../state/inspections.ts';
import { listName } from '../inspector/list-name.ts';
import { useApp } from '../shared/app-context.tsx';

interface Props {
  readonly target: Inspected;
  /** Null while they are read. */
  readonly lists: FreeLists | null;
  readonly chunk: { readonly payload: Addr } | null;
}

/** So many holes are shown, at most: more fit no screen, and each is a button. */
const MOST_ROWS = 60;
/** Where there are many lists, each is begun only, so that more of them are seen. */
const A_LIST = 6;
const SEVERAL = 3;

/** The free lists in the order in which the allocator follows them, sizes as bars on one scale; each hole can be gone to. */
export function FreeListRail({ target, lists, chunk }: Props) {
  const { records, point } = useApp();
  const allocator = parseLaneName(target.lane.config.name);
  if (allocator === null) return null;
  const { kind } = ALLOCATORS[allocator.id];
  const bump = records.lane(target.lane.key).frame?.bump ?? null;
  const several = lists !== null && lists.number.length > 1;
  return (
    <section className="zoom-lists" aria-label={several ? words.lists.titleMany : words.lists.title}>
      <h3>{several ? words.lists.titleMany : words.lists.title}</h3>
      {kind === 'arena' ? (
        <p className="inspector-note">{words.lists.arena(bump ?? 0)}</p>
      ) : lists === null ? (
        <p className="inspector-note">{inspectorStrings.waiting}</p>
      ) : lists.number.length === 0 ? (
        <p className="inspector-note">{words.lists.none}</p>
      ) : (
        <>
          <p className="inspector-note">{words.lists.how[kind]}</p>
          <Rows
            lists={lists}
            nameOf={(list, bytes) => listName(allocator, list, bytes)}
            chosen={chunk?.payload ?? 0}
            onPick={(payload) => point.pick(target.lane.key, Math.floor(payload / PAGE_BYTES), payload)}
          />
        </>
      )}
    </section>
  );
}

interface RowsProps {
  readonly lists: FreeLists;
  readonly nameOf: (list: number, bytes: number) => string;
  readonly chosen: Addr;
  readonly onPick: (payload: Addr) => void;
}

function Rows({ lists, nameOf, chosen, onPick }: RowsProps) {
  const { number, holes, bytes, of, address, size } = lists;
  const each = number.length > SEVERAL ? A_LIST : MOST_ROWS;
  const groups: { list: number; from: number; shown: number }[] = [];
  let rows = 0;
  let most = 1;
  for (let from = 0; from < of.length && rows < MOST_ROWS; ) {
    const list = of[from]!;
    let end = from;
    while (of[end] === list) end++;
    const shown = Math.min(each, end - from, MOST_ROWS - rows);
    for (let k = from; k < from + shown; k++) most = Math.max(most, size[k]!);
    groups.push({ list, from, shown });
    rows += shown;
    from = end;
  }
  const sum = (column: Iterable<number>) => [...column].reduce((all, one) => all + one, 0);
  const left = number.length - groups.length;
  return (
    <>
      {groups.map(({ list, from, shown }) => {
        const name = nameOf(number[list]!, size[from]!);
        const rest = holes[list]! - shown;
        return (
          <div key={list} className="zoom-list">
            <h4>{words.lists.facts(name, holes[list]!, bytes[list]!)}</h4>
            <ol aria-label={name}>
              {Array.from({ length: shown }, (_, k) => {
                const payload = address[from + k]!;
                const length = size[from + k]!;
                return (
                  <li key={payload}>
                    <button
                      type="button"
                      aria-label={words.lists.entry(k + 1, payload, length)}
                      aria-current={payload === chosen || undefined}
                      onClick={() => onPick(payload)}
                    >
                      <code>{inspectorStrings.address(payload)}</code>
                      <i style={{ inlineSize: `${Math.max(3, Math.round((100 * length) / most))}%` }} />
                      <span>{memory(length)}</span>
                    </button>
                  </li>
                );
              })}
            </ol>
            {rest > 0 && <p className="inspector-note">{words.lists.more(rest, bytes[list]!)}</p>}
          </div>
        );
      })}
      {left > 0 && <p className="inspector-note">{words.lists.moreLists(left, sum(holes), sum(bytes))}</p>}
    </>
  );
}
