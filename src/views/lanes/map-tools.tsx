import { differenceStrings } from '../../model/strings/difference.ts';
import { metricStrings } from '../../model/strings/metrics.ts';
import { useApp, useFact } from '../shared/app-context.tsx';

/** Other ways to see the maps: the difference of the first two lanes, with one there is none, and the tables. */
export function MapTools({ kind }: { kind: string }) {
  const { look } = useApp();
  const possible = useFact((state) => state.lanes.length > 1 && state.view.kind !== 'difference');
  return (
    <>
      {possible && (
        <button
          type="button"
          className={kind}
          title={differenceStrings.hint}
          onClick={() => look.setView({ kind: 'difference', from: 0, to: 1 })}
        >
          {differenceStrings.name}
        </button>
      )}
      <button type="button" className={kind} onClick={look.toggleTable}>
        {metricStrings.metric.asTables}
      </button>
    </>
  );
}
