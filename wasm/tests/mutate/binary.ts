// As much of the WebAssembly binary format as it takes to change one instruction of a module, and to stop one that runs
// for ever. https://webassembly.github.io/spec/core/binary/

export type Bytes = Uint8Array<ArrayBuffer>;

const GLOBAL = 6;
const EXPORT = 7;
const CODE = 10;
/** Sections in the order in which they stand, code excluded. */
const AFTER_GLOBAL = new Set([7, 8, 9, 10, 11, 12]);

interface Section {
  readonly id: number;
  readonly bytes: Bytes;
}

export interface Instruction {
  readonly at: number;
  readonly end: number;
  readonly opcode: number;
  /** Second byte of the opcodes that begin with 0xfc. */
  readonly more: number;
}

export interface Body {
  /** Name under which the function is exported, or its number. */
  readonly name: string;
  readonly bytes: Bytes;
  readonly code: readonly Instruction[];
}

export function unsigned(bytes: Uint8Array, at: number): [value: number, end: number] {
  let value = 0;
  for (let shift = 0; ; shift += 7, at++) {
    value += (bytes[at]! & 127) * 2 ** shift;
    if (bytes[at]! < 128) return [value, at + 1];
  }
}

function encoded(value: number): number[] {
  const bytes: number[] = [];
  do {
    bytes.push((value & 127) | (value > 127 ? 128 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return bytes;
}

export function encodedSigned(value: bigint): number[] {
  const bytes: number[] = [];
  for (;;) {
    const low = Number(value & 127n);
    value >>= 7n;
    const last = (value === 0n && (low & 64) === 0) || (value === -1n && (low & 64) !== 0);
    bytes.push(last ? low : low | 128);
    if (last) return bytes;
  }
}

export function signed(bytes: Uint8Array, at: number): bigint {
  let value = 0n;
  for (let shift = 0n; ; shift += 7n, at++) {
    value |= BigInt(bytes[at]! & 127) << shift;
    if (bytes[at]! < 128) return BigInt.asIntN(Number(shift) + 7, value);
  }
}

function skip(bytes: Uint8Array, at: number): number {
  return unsigned(bytes, at)[1];
}

/** Where the instruction at `at` ends: no vectors, references or exceptions, which allocators have no use for. */
function endOf(bytes: Uint8Array, at: number): number {
  const opcode = bytes[at]!;
  const next = at + 1;
  if (opcode === 0xfc) {
    const [more, end] = unsigned(bytes, next);
    if (more < 8) return end;
    if (more === 10) return skip(bytes, skip(bytes, end));
    if (more === 11) return skip(bytes, end);
    throw new Error(`unknown instruction 0xfc ${more}`);
  }
  if (opcode >= 0x28 && opcode <= 0x3e) return skip(bytes, skip(bytes, next));
  if (opcode === 0x0e) {
    let [count, end] = unsigned(bytes, next);
    for (; count >= 0; count--) end = skip(bytes, end);
    return end;
  }
  const simple = [0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b];
  if (simple.includes(opcode) || (opcode >= 0x45 && opcode <= 0xc4)) return next;
  const one = [0x02, 0x03, 0x04, 0x0c, 0x0d, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24, 0x3f, 0x40, 0x41, 0x42];
  if (one.includes(opcode)) return skip(bytes, next);
  throw new Error(`unknown instruction 0x${opcode.toString(16)}`);
}

function sectionsOf(module: Bytes): Section[] {
  const sections: Section[] = [];
  for (let at = 8; at < module.length; ) {
    const [length, content] = unsigned(module, at + 1);
    sections.push({ id: module[at]!, bytes: module.slice(content, content + length) });
    at = content + length;
  }
  return sections;
}

function moduleOf(sections: readonly Section[]): Bytes {
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  return Uint8Array.from([...header, ...sections.flatMap(({ id, bytes }) => [id, ...encoded(bytes.length), ...bytes])]);
}

function exportedNames(sections: readonly Section[]): Map<number, string> {
  const names = new Map<number, string>();
  const bytes = sections.find(({ id }) => id === EXPORT)!.bytes;
  let [count, at] = unsigned(bytes, 0);
  for (; count > 0; count--) {
    const [length, start] = unsigned(bytes, at);
    const kind = bytes[start + length]!;
    const [index, end] = unsigned(bytes, start + length + 1);
    if (kind === 0) names.set(index, String.fromCharCode(...bytes.subarray(start, start + length)));
    at = end;
  }
  return names;
}

/** The functions of a module that imports none. */
export function bodiesOf(module: Bytes): Body[] {
  const sections = sectionsOf(module);
  const names = exportedNames(sections);
  const { bytes } = sections.find(({ id }) => id === CODE)!;
  const bodies: Body[] = [];
  let [count, at] = unsigned(bytes, 0);
  for (let index = 0; index < count; index++) {
    const [length, start] = unsigned(bytes, at);
    const body = bytes.slice(start, start + length);
    let [groups, from] = unsigned(body, 0);
    for (; groups > 0; groups--) from = skip(body, from) + 1;
    const code: Instruction[] = [];
    while (from < body.length) {
      const end = endOf(body, from);
      code.push({ at: from, end, opcode: body[from]!, more: body[from] === 0xfc ? unsigned(body, from + 1)[0] : -1 });
      from = end;
    }
    bodies.push({ name: names.get(index) ?? `function ${index}`, bytes: body, code });
    at = start + length;
  }
  return bodies;
}

/** The module with other function bodies. */
export function withBodies(module: Bytes, bodies: readonly Uint8Array[]): Bytes {
  const code = Uint8Array.from([
    ...encoded(bodies.length),
    ...bodies.flatMap((body) => [...encoded(body.length), ...body]),
  ]);
  return moduleOf(sectionsOf(module).map((one) => (one.id === CODE ? { id: CODE, bytes: code } : one)));
}

/** A body with one instruction replaced. */
export function replaced(body: Body, { at, end }: Instruction, bytes: readonly number[]): Uint8Array {
  return Uint8Array.from([...body.bytes.subarray(0, at), ...bytes, ...body.bytes.subarray(end)]);
}

/** At the head of each loop, one unit less in the global `fuel`, which is exported; a trap when there is none. */
const BURN = [0x23, 0, 0x45, 0x04, 0x40, 0x00, 0x0b, 0x23, 0, 0x41, 1, 0x6b, 0x24, 0];

/** A module without globals that cannot loop for ever. */
export function withFuel(module: Bytes): Bytes {
  const bodies = bodiesOf(module).map(({ bytes, code }) => {
    const parts: number[] = [];
    let from = 0;
    for (const { opcode, end } of code) {
      if (opcode !== 0x03) continue;
      parts.push(...bytes.subarray(from, end), ...BURN);
      from = end;
    }
    return Uint8Array.from([...parts, ...bytes.subarray(from)]);
  });
  const sections = sectionsOf(withBodies(module, bodies));
  if (sections.some(({ id }) => id === GLOBAL)) throw new Error('the module has globals of its own');
  const global = { id: GLOBAL, bytes: Uint8Array.from([1, 0x7f, 1, 0x41, 0, 0x0b]) };
  const before = sections.filter(({ id }) => !AFTER_GLOBAL.has(id));
  const after = sections
    .filter(({ id }) => AFTER_GLOBAL.has(id))
    .map((one) => (one.id === EXPORT ? withExport(one) : one));
  return moduleOf([...before, global, ...after]);
}

function withExport({ bytes }: Section): Section {
  const [count, at] = unsigned(bytes, 0);
  const name = [...'fuel'].map((letter) => letter.charCodeAt(0));
  return {
    id: EXPORT,
    bytes: Uint8Array.from([...encoded(count + 1), ...bytes.subarray(at), name.length, ...name, 3, 0]),
  };
}
