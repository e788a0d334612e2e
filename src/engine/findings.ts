import type { Broken } from '../model/metrics.ts';
import { OpKind } from '../model/operations.ts';
import type { Finding, Scenario } from '../model/scenario.ts';
import { engineStrings } from '../model/strings/engine.ts';
import type { Addr, OperationNumber, Position } from '../model/units.ts';
import type { LogColumns } from './desk.ts';
import type { LaneMachine } from './lane-machine.ts';
import type { LaneFinding } from './protocol.ts';

/**
 * The scenario's findings with the addresses that they had in this lane, as far as the lane came, and then what the lane
 * itself came to: what the guard found, where it stopped, what is broken in the end.
 */
export function laneFindings(
  scenario: Scenario,
  { log, standstill, guardFaults }: Pick<LaneMachine, 'log' | 'standstill' | 'guardFaults'>,
  executed: Position,
  broken: Broken | null,
): LaneFinding[] {
  const lostPlace = placesOfLost(scenario);
  const reached = executed + (standstill === null ? 0 : 1);
  const found: LaneFinding[] = scenario.findings
    .filter((finding) => finding.operation <= reached)
    .map((finding) => ({
      kind: finding.code,
      operation: finding.operation,
      line: finding.line,
      address: addressOf(finding, scenario, log, lostPlace),
      message: finding.message,
    }));
  const lineOf = (operation: number) => scenario.operations.line[operation - 1] ?? 1;
  for (const { fault, operation, address, atEnd } of guardFaults) {
    const message = engineStrings.guard[fault]!(address);
    const line = lineOf(operation);
    found.push({
      kind: 'guard',
      operation,
      line,
      address,
      message: atEnd ? engineStrings.guardAtEnd(message) : message,
    });
  }
  if (broken !== null) {
    found.push({
      kind: broken.kind === 'loop' ? 'loop' : 'corrupt',
      operation: executed,
      line: lineOf(executed),
      address: broken.address,
      message: brokenMessage(broken),
    });
  }
  if (standstill !== null) {
    const { kind, operation, message, address } = standstill;
    found.push({ kind, operation, line: lineOf(operation), address: address === 0 ? null : address, message });
  }
  return found;
}

/** What an integrity check's outcome is called where it is shown. */
export function brokenMessage({ kind, address }: Broken): string {
  switch (kind) {
    case 'corrupt':
      return engineStrings.corruptAt(address);
    case 'owners':
      return engineStrings.ownersAt(address);
    case 'loop':
      return engineStrings.loopsAt(address);
    case 'trap':
      return engineStrings.trapAddress(address);
  }
}

/** Where the operation of a finding went: the block's last place, and the offset from it. Null where it went nowhere. */
function addressOf(
  finding: Finding,
  { operations }: Scenario,
  log: LogColumns,
  lostPlace: ReadonlyMap<Finding, OperationNumber>,
): Addr | null {
  const { code, operation } = finding;
  if (code === 'F502' || operation < 1 || operation > operations.count) return null;
  if (code === 'F507') return log.address[lostPlace.get(finding) ?? 0]! || null;
  const k = operation - 1;
  const address = log.address[operations.prev[k]!]!;
  if (address === 0) return null;
  const kind = operations.kind[k];
  const inBlock = kind === OpKind.Free || kind === OpKind.Write || kind === OpKind.Read;
  const at = address + (inBlock ? operations.offset[k]! : 0);
  return at >= 0 && at <= 0xffff_ffff ? at : null;
}

/**
 * A lost block is not the one that its finding's operation is about, which gave the name to another: the operation that
 * gave the lost one its place. One pass over the operations, and none where nothing is lost.
 */
function placesOfLost({ findings, operations }: Scenario): Map<Finding, OperationNumber> {
  const places = new Map<Finding, OperationNumber>();
  const lost = findings.filter(({ code }) => code === 'F507').sort((a, b) => a.operation - b.operation);
  const last = new Map<number, OperationNumber>(lost.map(({ block }) => [block, 0]));
  let next = 0;
  for (let t = 1; t <= operations.count && next < lost.length; t++) {
    for (; next < lost.length && lost[next]!.operation <= t; next++)
      places.set(lost[next]!, last.get(lost[next]!.block)!);
    const kind = operations.kind[t - 1];
    if (kind === OpKind.Alloc || kind === OpKind.Realloc) {
      const id = operations.id[t - 1]!;
      if (last.has(id)) last.set(id, t);
    }
  }
  return places;
}
