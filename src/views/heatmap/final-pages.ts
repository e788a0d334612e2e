import { useState } from 'react';
import type { Pages } from '../../model/units.ts';
import type { Records } from '../../state/records.ts';
import type { Lane } from '../../state/store.ts';
import { useFrame } from '../shared/use-frame.ts';

/**
 * The most pages that any lane takes in the whole run: what a map has room for, so that its scale does not change while
 * the playhead moves. While recording it grows by doubling, so that the maps are laid out anew a few times, not with every page.
 */
export function useFinalPages(records: Records, lanes: readonly Lane[], generation: number): Pages {
  const [known, setKnown] = useState({ generation: -1, pages: 1 });
  useFrame(() => {
    let pages: Pages = 1;
    let recorded = true;
    for (const lane of lanes) {
      pages = Math.max(pages, records.lane(lane.key).series.finalPages);
      if (lane.result === null) recorded = false;
    }
    const room = recorded ? pages : 2 ** Math.ceil(Math.log2(pages));
    setKnown((before) => {
      if (before.generation === generation && before.pages === room) return before;
      // The scale of the run before stays until this one is known to need another.
      if (!recorded && before.generation !== generation && room <= before.pages) return before;
      return { generation, pages: room };
    });
  });
  return known.pages;
}
