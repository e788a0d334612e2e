import { CellState } from '../../model/heap-frame.ts';
import { mapStrings as words } from '../../model/strings/maps.ts';
import type { Lane } from '../../state/store.ts';
import { usePageCounts } from './page-counts.ts';

const HEIGHT = 25;

/** How many pages are how full: the map's own levels, with everything without a live byte as the first. */
export function LiveHistogram({ lane }: { lane: Lane }) {
  const counts = usePageCounts(lane);
  const none = counts[CellState.Untouched]! + counts[CellState.Free]! + counts[CellState.Dead]!;
  const levels = [none, ...counts.subarray(CellState.Live1, CellState.Live8 + 1)];
  const most = Math.max(1, ...levels);
  return (
    <section className="live-histogram" aria-label={words.byLive}>
      <h3>{words.byLive}</h3>
      <ol>
        {levels.map((count, level) => {
          const label = words.levels[level]!;
          return (
            <li key={label} aria-label={words.byLiveBar(level === 0 ? words.noneLive : words.ofLevel(label), count)}>
              <span className="live-count">{words.short(count)}</span>
              <i
                style={{
                  background: `var(--f${level})`,
                  blockSize: count === 0 ? 0 : Math.max(2, Math.round((HEIGHT * count) / most)),
                }}
              />
              <span className="live-level">{label}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
