import { duration, times } from './labs.ts';
import { grouped } from './numbers.ts';

type Scene = 'payload' | 'header' | 'static' | 'stack';
type Guard = 'none' | 'canary' | 'zones' | 'poison' | 'quarantine' | 'integrity' | 'all';
type Misuse = 'one' | 'over' | 'jump' | 'before' | 'write' | 'read' | 'twice';

const hex = (address: number) => `0x${address.toString(16).padStart(4, '0')}`;

/** Texts of the lab about isolation and corruption. */
export const isolationStrings = {
  question:
    'Two instances of one module stand side by side, each with a memory of its own. What keeps them apart, what protects a program from itself, and what does it cost to find out?',
  headline: {
    none: 'Nothing has run yet that could be compared.',
    held: (changed: number, of: number) =>
      `Between instances nothing gets through; inside of one ${changed} of ${of} overflows did, and nobody was told.`,
    open: 'The two instances were not kept apart here.',
  },
  lead: {
    guards: (caught: number, of: number, ratio: number, guarded: number, plain: number) =>
      `All guards together tell of *${caught}* of ${of} mistakes, and a block then takes *${times(ratio)}* the time and *${guarded} B* in place of ${plain} B.`,
    plain: (told: number, of: number) => `Without a guard *${told}* of ${of} mistakes made themselves known at all.`,
  },
  borders: {
    title: 'Two instances, and the end of a memory',
    note: 'what happened in this run',
    after:
      'An address means something only inside of one memory. Past the end the engine traps; below it, every byte is as good as any other.',
  },
  scenes: {
    payload: {
      title: 'Over a neighbour’s payload',
      legend: ['other bytes: headers, free space', 'the block, 28 bytes', 'the neighbour’s payload'],
      after: (before: number, after: number) =>
        `Forty bytes went into a block of 28: over the neighbour’s header, then into its payload. Its first byte was \`${hexByte(before)}\` and is \`${hexByte(after)}\`.`,
    },
    header: {
      title: 'Over a header, by one byte',
      legend: [
        'other bytes: headers, payloads, free space',
        'the block, 28 bytes',
        'the neighbour’s header: its size, and flags',
      ],
      after: (before: number, after: number, two: boolean) =>
        two
          ? `One byte too many made the neighbour’s 32 bytes look like 96. The allocator believed it: \`free\` of the neighbour took two live blocks with it, the next request of 88 bytes was given the same address, and writing there turned the byte of a live block from \`${hexByte(before)}\` into \`${hexByte(after)}\`. Two owners, no trap.`
          : `One byte too many was written, and the live block behind it held \`${hexByte(before)}\` before and \`${hexByte(after)}\` after.`,
    },
    static: {
      title: 'Over static data',
      legend: ['other bytes', 'a text of 16 bytes', 'a limit, 4 bytes'],
      after: (before: number, after: number) =>
        `The limit behind the text was ${grouped(before)} and is ${grouped(after)}. Static data has no page that could be write-protected.`,
    },
    stack: {
      title: 'Over the shadow stack',
      legend: ['other bytes of the frame', 'a buffer of 16 bytes', 'what the function had saved'],
      after: (before: number, after: number) =>
        `The function had saved ${grouped(before)} and read back ${grouped(after)}. Return addresses are out of reach, they lie outside of linear memory; what a function keeps in memory is not.`,
    },
  } satisfies Record<Scene, { title: string; legend: string[]; after: unknown }>,
  sceneNote: (wrote: number, target: number, size: number, changed: number) =>
    `${wrote} bytes written from ${hex(target)} on, where ${size} belong; ${changed === 1 ? '1 byte' : `${changed} bytes`} outside changed`,
  thrown: (message: string) => ` Then it trapped: ${message}.`,
  guards: {
    title: 'What tells of it',
    note: 'each mistake in a fresh instance; what happened is exact, the time is measured here',
    head: 'Guard',
    bytes: 'Bytes a block of 28',
    names: {
      none: 'none',
      canary: 'canary behind the block',
      zones: 'red zones on both sides',
      poison: 'poison when given out and freed',
      quarantine: 'quarantine of 64 freed blocks',
      integrity: 'integrity check at every call',
      all: 'all of them',
    } satisfies Record<Guard, string>,
    misuses: {
      one: 'one byte past the end',
      over: '40 bytes past the end',
      jump: 'into the neighbour’s middle',
      before: 'one byte before the start',
      write: 'write after free',
      read: 'read after free',
      twice: 'freed twice',
    } satisfies Record<Misuse, string>,
    catches: { reported: 'reported', seen: 'seen in the value', trapped: 'trapped', missed: 'missed' },
    plainBytes: (bytes: number) => `${bytes} B`,
  },
  cost: {
    title: 'What each guard costs',
    note: 'time for one block given out and one freed, 16 live',
    series: 'alloc and free',
    time: duration,
  },
  larger:
    'Guarded blocks are larger, so addresses and pages are others than without: a guard is for finding mistakes, not for measuring memory. A lane of the comparison has it as an option, off by default; what it finds is listed with the findings.',
  advice:
    'Put what you do not trust into an instance of its own and pass it bytes; never count on a trap inside one memory. While you test, run behind a guard with red zones, canaries, poison and quarantine: together they cost a fixed sum a call. The integrity check costs more the more chunks there are, so run it now and then, or while you hunt one bug; it finds that a header is broken, at the next call and not at the write. A jump over the red zone is found by none of them, so check indexes in the code that writes.',
} as const;

function hexByte(value: number): string {
  return `0x${value.toString(16).padStart(2, '0')}`;
}
