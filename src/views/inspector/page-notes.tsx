import type { PageReading } from '../../model/inspection.ts';
import { blockName } from '../../model/scenario.ts';
import { inspectorStrings as words } from '../../model/strings/inspector.ts';
import type { Inspected } from '../../state/inspections.ts';
import { useApp, useFact } from '../shared/app-context.tsx';

/** Since when the page is held or empty, and which block holds it longest. */
export function PageNotes({ target, reading }: { target: Inspected; reading: PageReading }) {
  const { point, records } = useApp();
  const scenario = useFact((state) => state.scenario);
  const { since, keeper, committedAt, position } = reading;
  return (
    <div className="page-notes">
      <p>
        {since.kind === 'untouched' ? words.since.untouched : words.since[since.kind](since.operation)}{' '}
        {words.since.committed(committedAt)}
      </p>
      {keeper !== 0 && scenario !== null && (
        <p>
          {words.since.keeper}{' '}
          <button
            type="button"
            className="button"
            data-kind="link"
            onClick={() => point.select({ kind: 'block', lane: target.lane.key, operation: keeper, page: target.page })}
          >
            {blockName(scenario.blocks, scenario.operations.id[keeper - 1]!)}
          </button>
          {`, ${words.block.line(keeper, scenario.operations.line[keeper - 1]!)}, ${words.since.age(position - keeper)}, ${words.since.until(records.ends?.[keeper] ?? 0)}.`}
        </p>
      )}
    </div>
  );
}
