import type { Addr, Bytes, OperationNumber, Pages } from '../units.ts';

const address = (value: Addr) => `0x${value.toString(16).padStart(8, '0')}`;

/** What the engine says: settings that cannot be, why a lane stopped, what an integrity check found. */
export const engineStrings = {
  badBase: (base: Bytes) => `The base is a multiple of 16, at least 2,048; ${base} is not.`,
  badInitial: (pages: Pages) => `The initial memory is 1 to 65,536 pages, not ${pages}.`,
  badMax: (pages: Pages) => `The maximum is 1 to 65,536 pages, not ${pages}.`,
  baseBeyondInitial: (base: Bytes, pages: Pages) =>
    `The base ${base} lies beyond the initial memory of ${pages} ${pages === 1 ? 'page' : 'pages'}. Raise the initial pages or leave them out.`,
  initialAboveMax: (initial: Pages, max: Pages) =>
    `The initial memory of ${initial} ${initial === 1 ? 'page' : 'pages'} is above the maximum of ${max}.`,
  unknownLane: (name: string) => `There is no allocator called \`${name}\`.`,

  corruptAt: (at: Addr) => `corrupt at ${address(at)}`,
  ownersAt: (at: Addr) => `two owners at ${address(at)}`,
  loopsAt: (at: Addr) => `list loops at ${address(at)}`,
  trapAddress: (at: Addr) => `trapped at ${address(at)}`,
  trappedAt: (operation: OperationNumber, reason: string) => `trapped at operation ${operation}: ${reason}`,
  leftMemory: (operation: OperationNumber, at: number) =>
    at < 0
      ? `trapped at operation ${operation}: ${-at} bytes before the memory`
      : `trapped at operation ${operation}: ${address(at)} is outside the memory`,
  /** What is broken, beside the cross on a map. Each says what is so, not what ought to be. */
  rules: {
    loop: 'a walk visited more chunks than the memory can hold',
    trap: 'a request trapped',
    inside: 'the program left its memory',
    owners: 'a byte belongs to two live blocks',
    missing: 'a live block is no chunk in use',
    guard: 'the guard’s words before a block are gone',
    unowned: 'a chunk in use is no live block, or has another length',
  },
  /** What the guard found (wasm/guard.ts), by the fault's number. */
  guard: {
    1: (at: Addr) => `guard: a write past a block’s end is over its canary, at ${address(at)}`,
    2: (at: Addr) => `guard: a write behind a block is in its red zone, at ${address(at)}`,
    3: (at: Addr) => `guard: a write before a block is in its red zone, at ${address(at)}`,
    4: (at: Addr) => `guard: a block in quarantine was written to, at ${address(at)}`,
    5: (at: Addr) => `guard: ${address(at)} was freed already, and still waits in quarantine`,
    7: (at: Addr) => `guard: no block’s words at ${address(at)}: written over, or no block begins behind them`,
  } as Readonly<Record<number, (at: Addr) => string>>,
  guardAtEnd: (message: string) => `${message} (seen in the end)`,
  /** What V8, SpiderMonkey and JavaScriptCore call a trap, in our words. */
  trap: (message: string) =>
    /unreachable/i.test(message)
      ? 'the allocator gave up'
      : /bounds/i.test(message)
        ? 'an address outside the memory'
        : message,
  noMemory: 'The browser has no memory left for this allocator. Remove a lane, or close other tabs.',
  workerSilent: 'The worker that runs the allocators has not answered for 3 seconds.',
  workerGone: (reason: string) => `The worker that runs the allocators stopped: ${reason}`,
} as const;
