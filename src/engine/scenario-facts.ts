import { type Operations, OpFlag, OpKind } from '../model/operations.ts';
import type { Scenario } from '../model/scenario.ts';
import type { OperationNumber } from '../model/units.ts';

/** What every lane needs to know of the operations beforehand. */
export interface ScenarioFacts {
  /** First operation flagged as misuse; beyond the last if there is none. */
  readonly firstMisuse: OperationNumber;
  /** Arenas of the program. */
  readonly arenas: number;
  readonly writes: boolean;
  /** Longest fill. */
  readonly fillBytes: number;
}

const known = new WeakMap<Operations, ScenarioFacts>();

/** One pass over the operations, remembered: about 2 ms a million. */
export function scenarioFacts({ operations, fills }: Pick<Scenario, 'operations' | 'fills'>): ScenarioFacts {
  let facts = known.get(operations);
  if (facts === undefined) {
    facts = gather(operations, fills.start);
    known.set(operations, facts);
  }
  return facts;
}

function gather({ count, kind, flags, id, host }: Operations, start: Uint32Array): ScenarioFacts {
  let firstMisuse = count + 1;
  let arenas = 0;
  let writes = false;
  for (let k = 0; k < count; k++) {
    const flag = flags[k]!;
    if ((flag & OpFlag.Misuse) !== 0 && firstMisuse > count) firstMisuse = k + 1;
    if (kind[k] === OpKind.Write) writes = true;
    else if (kind[k] === OpKind.Rewind) arenas = Math.max(arenas, id[k]! + 1);
    else if ((flag & OpFlag.Chunk) !== 0 && kind[k] === OpKind.Alloc) arenas = Math.max(arenas, host[k]! + 1);
  }
  let fillBytes = 1;
  for (let k = 0; k + 1 < start.length; k++) fillBytes = Math.max(fillBytes, start[k + 1]! - start[k]!);
  return { firstMisuse, arenas, writes, fillBytes };
}
