import { ALL_LANE_NAMES } from '../../model/lanes.ts';
import { laneOptionsStrings as words } from '../../model/strings/lane-options.ts';
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
      aria-label={full ? words.addNone : words.add}
      title={full ? words.addNone : undefined}
      value=""
      disabled={full}
      onChange={(event) => {
        if (event.target.value !== '') commands.add(event.target.value);
      }}
    >
      <option value="">{words.addShort}</option>
      {ALL_LANE_NAMES.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}
