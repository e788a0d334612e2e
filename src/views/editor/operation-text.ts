import { type Operations, OpFlag, OpKind, operationAt } from '../../model/operations.ts';
import { type BlockNames, blockName } from '../../model/scenario.ts';
import { editorStrings } from '../../model/strings/editor.ts';
import { grouped } from '../../model/strings/numbers.ts';
import { LIMITS, type OperationNumber } from '../../model/units.ts';

/** One operation in words: `code` as a script would say it, `note` what the code does not tell; either may stand alone. */
export interface OperationText {
  readonly code: string;
  readonly note: string;
}

const say = editorStrings.operation;

/**
 * Says operation `number` for the strip under the script and for tooltips: `file[208] = alloc 5 434`.
 * Sizes are grouped for reading, so the code is not meant to be pasted. `fills` is only needed for what a write stores.
 */
export function operationText(
  operations: Operations,
  number: OperationNumber,
  blocks: BlockNames,
  fills?: { readonly bytes: Uint8Array; readonly start: Uint32Array },
): OperationText {
  const operation = operationAt(operations, number);
  const { kind, flags, size, offset, align, prev } = operation;
  const misuse = (flags & OpFlag.Misuse) !== 0;
  const name = blockName(blocks, operation.id);
  const bytes = prev > 0 ? operations.size[prev - 1]! : 0;
  switch (kind) {
    case OpKind.Alloc: {
      const words = [grouped(size)];
      if (align > 0) words.push(`align ${grouped(align)}`);
      if (flags & OpFlag.Zeroed) words.push('zeroed');
      const chunk = (flags & OpFlag.Chunk) !== 0;
      return { code: `${chunk ? '' : `${name} = `}alloc ${words.join(' ')}`, note: chunk ? say.chunkTaken : '' };
    }
    case OpKind.Free:
      return { code: `free ${name}${at(offset)}`, note: reasonOfFree(flags, offset, misuse) };
    case OpKind.Realloc:
      return { code: `realloc ${name} to ${grouped(size)}`, note: misuse ? say.resizedDead : '' };
    case OpKind.Write:
      return {
        code: `write ${name} ${grouped(size)}${at(offset)}${fillText(fills, operation.host)}`,
        note: misuse ? outOfBounds(offset, size, bytes, say.writesPast, say.writesDead) : '',
      };
    case OpKind.Read:
      return {
        code: `read ${name} ${grouped(size)}${at(offset)}`,
        note: misuse ? outOfBounds(offset, size, bytes, say.readsPast, say.readsDead) : '',
      };
    case OpKind.Enter:
      return { code: 'scope {', note: say.scopeBegins };
    case OpKind.Leave:
      return { code: '}', note: say.scopeEnds(prev) };
    case OpKind.Place:
      return { code: `${name} = alloc ${grouped(size)}`, note: say.placed };
    case OpKind.Move:
      return { code: `realloc ${name} to ${grouped(size)}`, note: say.moved };
    case OpKind.Drop:
      return { code: `free ${name}`, note: misuse ? say.freedTwice : say.dropped };
    case OpKind.Rewind:
      return { code: 'reset', note: say.rewind };
  }
}

function at(offset: number): string {
  return offset === 0 ? '' : ` at ${grouped(offset)}`;
}

function reasonOfFree(flags: number, offset: number, misuse: boolean): string {
  if (offset !== 0) return say.freedInside(offset);
  if (misuse) return say.freedTwice;
  if (flags & (OpFlag.Chunk | OpFlag.ByArena)) return say.chunkGiven;
  if (flags & OpFlag.ByScope) return say.byScope;
  return flags & OpFlag.ByLifetime ? say.byLifetime : '';
}

/** A misused write or read lies out of its block, or else the block is dead: nothing more is needed to tell them apart. */
function outOfBounds(
  offset: number,
  length: number,
  size: number,
  past: (over: number, size: number) => string,
  dead: string,
): string {
  if (offset < 0) return say.startsBefore(-offset);
  return offset + length > size ? past(offset + length - size, size) : dead;
}

/** ` with "Eve."` where the bytes are plain ASCII letters and signs, else ` with 0x41` for one byte, else nothing. */
function fillText(fills: { bytes: Uint8Array; start: Uint32Array } | undefined, entry: number): string {
  const from = fills?.start[entry];
  const to = fills?.start[entry + 1];
  if (fills === undefined || from === undefined || to === undefined || to <= from) return '';
  const bytes = fills.bytes.subarray(from, Math.min(to, from + LIMITS.fillTextBytes));
  if (bytes.every((byte) => byte >= 0x20 && byte < 0x7f)) {
    return ` with ${JSON.stringify(String.fromCharCode(...bytes))}`;
  }
  return bytes.length === 1 ? ` with ${say.fillByte(bytes[0]!)}` : '';
}
