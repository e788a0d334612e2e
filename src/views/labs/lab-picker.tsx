import { useStore } from 'zustand';
import { LAB_IDS, LABS, type LabId } from '../../labs/catalog.ts';
import { labsStrings as words } from '../../model/strings/labs.ts';
import type { Labs } from '../../state/labs/labs.ts';

/** Which lab is shown; stands in the bar in the place of the scenario. */
export function LabPicker({ labs }: { labs: Labs }) {
  const shown = useStore(labs.store, (state) => state.shown);
  return (
    <label className="scenario-picker">
      <span className="scenario-word">{words.lab}</span>
      <select className="button" value={shown} onChange={(event) => void labs.open(event.target.value as LabId)}>
        {LAB_IDS.map((id) => (
          <option key={id} value={id}>
            {LABS[id].title}
          </option>
        ))}
      </select>
    </label>
  );
}
