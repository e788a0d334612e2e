/** What is known of each block while a recording is read. Columns that grow by doubling: there may be five million. */
export class BlockColumns {
  count = 0;
  /** The operation that last gave the block its place. */
  place = new Uint32Array(1024);
  /** Bytes last requested. */
  size = new Uint32Array(1024);
  align = new Uint32Array(1024);
  /** The operation that freed it, 0 while it lives. */
  death = new Uint32Array(1024);
  /** The scope it belongs to, -1 for none. */
  scope = new Int32Array(1024);
  /** The id that people know it by. */
  listed = new Uint32Array(1024);

  /** A new live block, of no scope and without a place yet. */
  add(size: number, align: number, listed: number): number {
    const block = this.count++;
    if (block === this.size.length) this.grow();
    this.place[block] = 0;
    this.size[block] = size;
    this.align[block] = align;
    this.death[block] = 0;
    this.scope[block] = -1;
    this.listed[block] = listed;
    return block;
  }

  private grow(): void {
    this.place = doubled(this.place);
    this.size = doubled(this.size);
    this.align = doubled(this.align);
    this.death = doubled(this.death);
    this.scope = doubled(this.scope);
    this.listed = doubled(this.listed);
  }
}

function doubled<Column extends Uint32Array | Int32Array>(column: Column): Column {
  const next = new (column.constructor as new (length: number) => Column)(column.length * 2);
  next.set(column);
  return next;
}
