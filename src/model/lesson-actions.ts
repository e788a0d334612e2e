import { PLACE } from './lesson-places.ts';
import { OpKind } from './operations.ts';
import { blockName, type Scenario } from './scenario.ts';
import type { OperationNumber, Position } from './units.ts';

/** What an underlined word does. */
export type Action =
  /** The playhead goes to a place. */
  | { readonly kind: 'place'; readonly place: string }
  | { readonly kind: 'play' }
  /** A line of the script is selected: the blocks it holds live light up. */
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'block'; readonly name: string; readonly lane: string }
  | { readonly kind: 'page'; readonly lane: string; readonly page: number }
  /** All holes, or the largest, of every lane. */
  | { readonly kind: 'metric'; readonly metric: 'free' | 'largest_hole' }
  | { readonly kind: 'lane'; readonly lane: string }
  | { readonly kind: 'lanes'; readonly names: readonly string[] }
  | { readonly kind: 'colour'; readonly colour: 'live' | 'age' | 'line' }
  /** A line of the script gets another text. */
  | { readonly kind: 'edit'; readonly line: number; readonly text: string }
  /** A lab, by its id, with settings as in its link: `choice&work=mixed`. */
  | { readonly kind: 'lab'; readonly lab: string }
  | { readonly kind: 'lesson'; readonly lesson: string; readonly step: number }
  /** How a program of one's own is recorded. */
  | { readonly kind: 'recordings' }
  | { readonly kind: 'reference' };

/** Reads an action; null where there is no such. */
export function actionOf(text: string): Action | null {
  if (PLACE.test(text)) return { kind: 'place', place: text };
  const [, verb, rest = ''] = /^([a-z]+)(?::(.*))?$/s.exec(text) ?? [];
  switch (verb) {
    case 'play':
    case 'recordings':
    case 'reference':
      return { kind: verb };
    case 'line':
      return /^\d+$/.test(rest) ? { kind: 'line', line: Number(rest) } : null;
    case 'block': {
      const [, name, lane] = /^(.+)@([A-D])$/.exec(rest) ?? [];
      return name === undefined ? null : { kind: 'block', name, lane: lane! };
    }
    case 'page': {
      const [, lane, page] = /^([A-D]):(\d+)$/.exec(rest) ?? [];
      return lane === undefined ? null : { kind: 'page', lane, page: Number(page) };
    }
    case 'holes':
      return { kind: 'metric', metric: rest === 'largest' ? 'largest_hole' : 'free' };
    case 'lane':
      return /^[A-D]$/.test(rest) ? { kind: 'lane', lane: rest } : null;
    case 'lanes':
      return { kind: 'lanes', names: rest.split(',') };
    case 'colour':
      return rest === 'live' || rest === 'age' || rest === 'line' ? { kind: 'colour', colour: rest } : null;
    case 'edit': {
      const [, line, next] = /^(\d+):(.*)$/s.exec(rest) ?? [];
      return line === undefined ? null : { kind: 'edit', line: Number(line), text: next! };
    }
    case 'lab':
      return { kind: 'lab', lab: rest };
    case 'lesson': {
      const [, lesson, step = '1'] = /^([a-z0-9-]+)(?:\.(\d+))?$/.exec(rest) ?? [];
      return lesson === undefined ? null : { kind: 'lesson', lesson, step: Number(step) };
    }
    default:
      return null;
  }
}

/** The last operation up to a position that gave a block of this name its place, else the first after it; null for none. */
export function operationOfBlock(name: string, scenario: Scenario, position: Position): OperationNumber | null {
  const { operations, blocks } = scenario;
  const ids = new Set<number>();
  for (let id = 0; id < blocks.count; id++) if (blockName(blocks, id) === name) ids.add(id);
  let found: OperationNumber | null = null;
  for (let k = 0; k < operations.count; k++) {
    if (!givesPlace(operations.kind[k]!) || !ids.has(operations.id[k]!)) continue;
    if (k + 1 > position && found !== null) break;
    found = k + 1;
  }
  return found;
}

const givesPlace = (kind: number) =>
  kind === OpKind.Alloc || kind === OpKind.Realloc || kind === OpKind.Place || kind === OpKind.Move;
