import { Column } from './columns.ts';

/** The bytes that writes store, each text once. */
export class Fills {
  private bytes = new Column(Uint8Array);
  private readonly start = new Column(Uint32Array);
  private readonly ofText = new Map<number, number>();
  private readonly ofByte = new Map<number, number>();
  private readonly ofBlock = new Map<number, number>();
  private readonly encoder = new TextEncoder();

  constructor(private readonly texts: readonly Uint8Array[]) {
    this.start.push(0);
  }

  /** A text of the program, by its number. */
  text(index: number): number {
    return remembered(this.ofText, index, () => this.add(this.texts[index]!));
  }

  byte(value: number): number {
    return remembered(this.ofByte, value, () => this.add(Uint8Array.of(value)));
  }

  /** The block's name and a blank. */
  name(block: number, label: () => string): number {
    return remembered(this.ofBlock, block, () => this.add(this.encoder.encode(`${label()} `)));
  }

  private add(bytes: Uint8Array): number {
    for (const byte of bytes) this.bytes.push(byte);
    return this.start.push(this.bytes.length) - 1;
  }

  finish() {
    return { bytes: this.bytes.finish(), start: this.start.finish() };
  }
}

function remembered(map: Map<number, number>, key: number, make: () => number): number {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
