import { duration, times } from './labs.ts';
import { grouped, memory } from './numbers.ts';

type Form = 'gc' | 'linear' | 'collector' | 'objects';

/** Texts of the lab that sets WasmGC beside linear memory. */
export const gcStrings = {
  question:
    'One program builds a tree, a list of records and their names, adds everything up and lets go of it: on structs that the host collects, in linear memory with malloc and free, in linear memory with a collector of its own, and as plain JavaScript objects.',
  n: { label: 'Nodes and records', value: grouped },
  forms: {
    gc: 'WasmGC structs',
    linear: 'linear memory, malloc and free',
    collector: 'linear memory, own collector',
    objects: 'JavaScript objects',
  } satisfies Record<Form, string>,
  headline: {
    none: 'Not enough was measured to compare the four ways.',
    faster: (ratio: number) => `Here WasmGC builds in ${times(ratio)} the time of malloc`,
    slower: (ratio: number) => `Here malloc builds faster: WasmGC takes ${times(ratio)} as long`,
    same: 'Here WasmGC and malloc build this program about equally fast',
    smaller: (ratio: number) => `, and its module is ${times(ratio)} smaller.`,
    end: '.',
  },
  lead: {
    checked: (n: number, sum: number, ways: number) =>
      `${ways === 1 ? 'One way' : `All ${ways} ways`} built ${grouped(n)} nodes and ${grouped(n)} records and added up to *${grouped(sum)}*.`,
    bytes: (gc: number, linear: number, collector: number) =>
      `The module is *${grouped(gc)} B* with WasmGC, *${grouped(linear)} B* with malloc and free, *${grouped(collector)} B* with a collector of its own.`,
    pause: (objects: number, time: string, collections: number) =>
      `That collector stops everything: with ${grouped(objects)} live objects one collection took *${time}*, and one build had ${grouped(collections)} of them.`,
  },
  phases: {
    title: 'Build, walk, let go',
    note: 'time for the whole program, log scale',
    build: 'build',
    walk: 'walk',
    drop: 'let go',
    dropNote: 'host collects later',
  },
  field: {
    title: 'One field, read from JavaScript',
    note: 'time a read, log scale',
    rowDirect: 'view or property',
    rowCall: 'call of the module',
  },
  pauses: {
    title: 'A pause of the own collector',
    note: 'time of one collection, all objects live',
    series: 'mark and sweep',
    row: (objects: number) => `${grouped(objects)} objects`,
  },
  size: {
    title: 'What each way brings along',
    note: 'exact',
    head: ['Way', 'Module, bytes', 'Linear memory after building', 'Addresses', 'Who frees'],
    none: 'none: it is JavaScript',
    noMemory: 'none to look at',
    memory,
    addresses: { gc: 'none', linear: 'numbers', collector: 'numbers', objects: 'none' } satisfies Record<Form, string>,
    frees: {
      gc: 'the host, when it likes',
      linear: 'the program, block by block',
      collector: 'the module, in pauses',
      objects: 'the host, when it likes',
    } satisfies Record<Form, string>,
  },
  seen: {
    title: 'What can be seen',
    note: 'what happened in this run',
    after:
      'A struct is opaque: no fields, no address, no bytes, and no map of it can be drawn. An address is a number, and every byte behind it can be read, by anyone who has the memory.',
  },
  advice: {
    drop: (linear: number) =>
      `Letting go costs nothing at once with WasmGC and JavaScript; freeing one by one took ${duration(linear)} here. `,
    general:
      'Take WasmGC where the language collects anyway and objects refer to objects of the page: no collector to ship, cycles across the boundary are found, and the host decides when to pause. Take linear memory where layout matters: numbers side by side, bytes to hand over, memory to measure and to bound. A collector of one’s own in linear memory pays in code, in pauses and in a shadow stack, and cannot see what JavaScript still holds.',
  },
} as const;
