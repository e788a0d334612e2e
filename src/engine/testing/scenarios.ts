import { type Operation, type Operations, OperationsBuilder, OpKind } from '../../model/operations.ts';
import type { Scenario } from '../../model/scenario.ts';
import { bareScenario } from '../../model/testing.ts';

/** A scenario of bare operations: no marks, checks or findings. */
export function scenarioOf(operations: Operations, more: Partial<Scenario> = {}): Scenario {
  return bareScenario(operations, {
    format: 'operations',
    fills: { bytes: new Uint8Array([0x41]), start: new Uint32Array([0, 1]) },
    ...more,
  });
}

export function operationsOf(list: readonly Operation[]): Operations {
  const builder = new OperationsBuilder();
  for (const { kind, id, size = 0, line = 1, prev = 0, flags = 0, align = 0, offset = 0, host = 0 } of list) {
    builder.push(kind, id, size, line, prev, flags, align, offset, host);
  }
  return builder.finish();
}

/** Requests with names instead of links: `a`, `f` and `r` of ids that are live, or null in a lane. */
export function operationsOfRequests(
  requests: Iterable<{
    readonly kind: 'a' | 'f' | 'r';
    readonly id: number;
    readonly size: number;
    readonly align: number;
  }>,
): Operations {
  const builder = new OperationsBuilder();
  const blocks = new Map<number, { prev: number; align: number }>();
  let line = 0;
  for (const { kind, id, size, align: asked } of requests) {
    line++;
    const { prev, align } = blocks.get(id) ?? { prev: 0, align: asked };
    if (kind === 'a') blocks.set(id, { prev: builder.push(OpKind.Alloc, id, size, line, 0, 0, asked), align: asked });
    else if (kind === 'r')
      blocks.set(id, { prev: builder.push(OpKind.Realloc, id, size, line, prev, 0, align), align });
    else {
      builder.push(OpKind.Free, id, 0, line, prev, 0, align);
      blocks.delete(id);
    }
  }
  return builder.finish();
}
