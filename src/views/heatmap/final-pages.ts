import { useState } from 'react';
import type { Extent } from '../../paint/lane-viewport.ts';
import type { Records } from '../../state/records.ts';
import type { Lane } from '../../state/store.ts';
import { useFrame } from '../shared/use-frame.ts';

/**
 * The most pages that the lanes take in the whole run: what a map has room for, so that its scale does not change while
 * the playhead moves. While recording they grow by doubling, so that the maps are laid out anew a few times, not with every page.
 */
export function useExtent(records: Records, lanes: readonly Lane[], generation: number): Extent {
  const [known, setKnown] = useState({ generation: -1, longest: 1, second: 0 });
  useFrame(() => {
    let longest = 1;
    let second = 0;
    let recorded = true;
    for (const lane of lanes) {
      const { finalPages } = records.lane(lane.key).series;
      second = Math.max(second, Math.min(longest, finalPages));
      longest = Math.max(longest, finalPages);
      if (lane.result === null) recorded = false;
    }
    if (lanes.length < 2) second = 0;
    if (!recorded) {
      longest = 2 ** Math.ceil(Math.log2(longest));
      second = longest;
    }
    setKnown((before) => {
      if (before.generation === generation && before.longest === longest && before.second === second) return before;
      // The scale of the run before stays until this one is known to need another.
      if (!recorded && before.generation !== generation && longest <= before.longest) return before;
      return { generation, longest, second };
    });
  });
  return known;
}
