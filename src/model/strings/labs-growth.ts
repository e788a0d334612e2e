import { duration, times } from './labs.ts';
import { count, grouped, memory } from './numbers.ts';

type Policy = 'one' | 'eight' | 'fifth' | 'double' | 'once' | 'ready';
const pages = (amount: number) => count(amount, 'page', 'pages');
const calls = (amount: number) => count(amount, 'call', 'calls');

/** Texts of the lab about growth and its limits. */
export const growthStrings = {
  question:
    'A module grows its memory by pages of 64 KiB, and cannot give one back. This lab grows real memories in five ways, writes to their pages for the first time and again, runs into a maximum, leaks, and shows what stays.',
  to: { label: 'Grow to' },
  touch: { label: 'Touch the pages', choices: { no: 'no, only grow', yes: 'yes, write to each' } },
  how: { label: 'Map shows' },
  pages,
  policies: {
    one: 'one page at a time',
    eight: '8 pages at a time',
    fifth: 'by 20 %',
    double: 'by doubling',
    once: 'all at once',
    ready: 'pre-allocated',
  } satisfies Record<Policy, string>,
  headline: {
    none: 'Not enough was measured to say what growing costs here.',
    touch: 'Here the grow call is cheap. Touching the new page is not.',
    call: 'Here the grow call is what costs. Touching the new page is cheap.',
    same: 'Here a grow call and the first touch of its page cost about the same.',
  },
  lead: {
    cost: (call: string, touch: string, again: string) =>
      `A call of \`memory.grow(1)\` took ${call}. Writing to a new 64 KiB page for the first time took ${touch}, writing to it again ${again}.`,
    below: (bound: number) => `less than *${duration(bound)}*`,
    time: (ns: number) => `*${duration(ns)}*`,
    level: (from: number, to: number) => `The call cost the same at ${pages(from)} and at ${pages(to)}.`,
    rises: (from: number, to: number, ratio: number) =>
      `The call took ${times(ratio)} as long at ${pages(to)} as at ${pages(from)}: this engine does more work where there is more memory.`,
  },
  call: {
    title: 'One call, memory.grow(1)',
    note: 'time a call, by pages already there; 16 memories with 512 calls each are timed together',
    without: 'no maximum',
    maximum: (most: number) => `maximum ${grouped(most)}`,
    row: (amount: number) => pages(amount),
  },
  touchFigure: {
    title: 'First touch of a new page',
    note: 'time a 64 KiB page, log scale',
    call: 'its share of the call',
    first: 'first write',
    again: 'write again',
    row: (step: number) => `grow by ${grouped(step)}`,
  },
  reach: {
    title: (to: number) => `Reaching ${pages(to)} from 1`,
    note: (touching: boolean) =>
      touching
        ? 'calls and first touch of every page'
        : 'the calls alone, nothing touched; 16 memories are timed together',
    calls,
    none: 'no call: created so',
    series: 'all of it',
  },
  ratchet: {
    title: 'Memory never shrinks',
    note: 'pages over requests and frees of dlmalloc, three rounds, everything freed after each',
    x: 'requests and frees',
    committed: 'committed',
    live: 'live',
    round: (n: number) => `round ${n}`,
  },
  leak: {
    title: 'A leak, with and without a maximum',
    note: (bytes: number, cap: number) =>
      `pages over requests that each leave ${memory(bytes)} behind; this lab stops at ${pages(cap)}`,
    x: 'requests',
    without: 'no maximum',
    maximum: (most: number) => `maximum ${grouped(most)}`,
    refused: (request: number) => `request ${grouped(request)} refused`,
  },
  map: {
    title: (how: string) => `The memory, grown ${how}`,
    note: (need: number, got: number) => `a program that writes to ${pages(need)}; it has ${pages(got)}`,
    touched: 'grown and written to',
    untouched: 'grown, never touched',
    notGrown: 'not grown',
  },
  limits: {
    title: 'At the maximum',
    note: 'what happened in this run',
    until: (amount: number) => `${grouped(amount)}, the pages until then`,
    inside: '-1, inside the module',
    careful: (asked: number, got: number) => `asked for ${grouped(asked)}, got ${grouped(got)}, goes on`,
    after:
      'Inside, a refused grow is a number, −1, and nothing else happens: who does not look writes to address −65,536 and traps. From JavaScript the same refusal is a `RangeError`.',
  },
  resizable: {
    title: 'A buffer that grows along',
    note: 'memory.toResizableBuffer()',
    missing: 'Memory.prototype.toResizableBuffer is missing in this browser: every grow detaches, take a new view.',
    after: 'Views of it stay. Not every function takes such a view yet: what refuses it needs a copy.',
  },
  advice: {
    pre: (policy: string, amount: number, time: string, ready: string) =>
      `Growing ${policy} made ${calls(amount)} and took ${time} in all, ${ready} when created at its size. `,
    detach: 'Fewer grows also detach fewer views. ',
    over: (touch: string) =>
      `A page that is never touched costs address space only; one that is touched costs ${touch} and stays. `,
    maximum: (ratio: number) =>
      ratio < 1.5 && ratio > 0.67
        ? 'A declared maximum made no difference in time. '
        : `With a declared maximum a call took ${times(ratio)} as long. `,
    general:
      'Declare the most that is sensible, look at what `grow` returns, and give a leak a wall to run into: without one it runs until the tab dies. What is in use for a moment is held for good, so keep peaks low or end the instance.',
  },
} as const;
