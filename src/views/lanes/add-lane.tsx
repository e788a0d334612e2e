import { ALL_LANE_NAMES } from '../../model/lanes.ts';
import { viewsStrings as words } from '../../model/strings/views.ts';
import { MAX_LANES } from '../../state/app.ts';
import { useApp, useFact } from '../shared/app-context.tsx';

/** A menu of all allocators; picking one adds its lane over the same operations. */
export function AddLane() {
  const { lanes: commands } = useApp();
  const amount = useFact((state) => state.lanes.length);
  const full = amount >= MAX_LANES;
  return (
    <select
      className="lane-add"
      aria-label={full ? words.lane.addNone : words.lane.add}
      title={full ? words.lane.addNone : undefined}
      value=""
      disabled={full}
      onChange={(event) => {
        if (event.target.value !== '') commands.add(event.target.value);
      }}
    >
      <option value="">{words.lane.addShort}</option>
      {ALL_LANE_NAMES.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}
