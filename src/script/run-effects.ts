import { OperationsBuilder, OpFlag, OpKind } from '../model/operations.ts';
import { scriptStrings } from '../model/strings/script.ts';
import { MAX_SIZE, type OperationNumber } from '../model/units.ts';
import { Blocks } from './blocks.ts';
import { isAlignment } from './constants.ts';
import { Evaluator, RunStop } from './evaluate.ts';
import { Fills } from './fills.ts';
import { Findings } from './findings.ts';
import { Lifetimes } from './lifetimes.ts';
import type { RunLimits } from './limits.ts';
import type { Place, Program, Span, Statement } from './program.ts';
import { Placements, ProgramArena } from './program-arena.ts';

const stopText = scriptStrings.stop;
const findingText = scriptStrings.finding;

export type Verb = Extract<Statement, { kind: 'free' | 'realloc' | 'write' | 'read' }>;

export interface Scope {
  readonly kind: 'scope';
  readonly number: number;
  readonly enter: OperationNumber;
  /** Blocks from this id on were made in it. */
  readonly firstBlock: number;
  /** Blocks from outside that were resized in it. */
  readonly outsiders: Set<number>;
  readonly end: Span;
}

/** What statements do to blocks: the operations they come to, what the program knows of its blocks afterwards, findings. */
export class Effects extends Evaluator {
  protected readonly out = new OperationsBuilder();
  protected readonly scopes: Scope[] = [];
  protected readonly findings: Findings;
  protected readonly fills: Fills;
  protected readonly arenas: (ProgramArena | null)[];
  /** Where the run is, for messages. */
  protected here: Span = { from: 0, to: 0, line: 1, column: 1 };
  private readonly lifetimes = new Lifetimes();
  private readonly placements = new Placements();

  constructor(program: Program, limits: RunLimits) {
    super(program, new Blocks(program.names, program.nameKinds), limits);
    this.findings = new Findings(limits.findingsPerLine);
    this.fills = new Fills(program.fillTexts);
    let arenas = 0;
    this.arenas = program.nameKinds.map((kind, name) =>
      kind === 'arena' ? new ProgramArena(arenas++, name, program.chunkBytes[name]!) : null,
    );
  }

  protected emit(
    kind: OpKind,
    id: number,
    size: number,
    line: number,
    prev: OperationNumber = 0,
    flags = 0,
    align = 0,
    offset = 0,
    host = 0,
  ): OperationNumber {
    if (this.out.count >= this.limits.operations) {
      throw new RunStop('S401', this.here, stopText.operations(this.limits.operations, this.here.line));
    }
    return this.out.push(kind, id, size, line, prev, flags, align, offset, host);
  }

  /** Ends lifetimes that are due, which may make more of them due. Comes after every operation, before anything else. */
  protected settle(): void {
    while (this.lifetimes.next <= this.out.count) {
      const { block, line } = this.lifetimes.take();
      if (this.blocks.isTimed(block)) this.release(block, line, OpFlag.ByLifetime);
    }
  }

  /** Frees a live block or marks a placed one dead. Does not settle. */
  protected release(id: number, line: number, flags: number): void {
    const kind = this.blocks.isPlaced(id) ? OpKind.Drop : OpKind.Free;
    const operation = this.emit(kind, id, 0, line, this.blocks.placer(id), flags, this.blocks.align(id));
    this.blocks.die(id, operation);
  }

  protected alloc(statement: Extract<Statement, { kind: 'alloc' }>): void {
    const { place, amount, span } = statement;
    // An index is written before the amount, so it is worked out first.
    const index = place?.kind === 'element' && place.index ? this.index(place.name, place.index, span) : null;
    const size = this.size(amount, span);
    let align = 0;
    let flags = 0;
    let arena: ProgramArena | null = null;
    let life: number | null = null;
    let kept = false;
    for (const clause of statement.clauses) {
      switch (clause.kind) {
        case 'align':
          align = this.number(clause.value);
          if (!isAlignment(align)) this.stop('S404', span, stopText.alignment(align));
          break;
        case 'zeroed':
          flags |= OpFlag.Zeroed;
          break;
        case 'in':
          arena = this.arenas[clause.name]!;
          break;
        case 'lifetime':
          life = this.howMany(clause.amount, span);
          break;
        case 'keep':
          kept = this.share(clause.share);
          break;
      }
    }
    const id = arena ? this.place(arena, size, flags, span.line) : this.request(size, flags, align, span.line);
    if (place) this.name(place, index, id, span.line);
    if (life !== null && !kept) this.startLifetime(id, life, span.line);
    this.settle();
  }

  protected request(size: number, flags: number, align: number, line: number): number {
    const operation = this.emit(OpKind.Alloc, this.blocks.count, size, line, 0, flags, align);
    return this.blocks.born(size, align, operation, false);
  }

  private place(arena: ProgramArena, size: number, flags: number, line: number): number {
    const { chunk, offset } = this.spot(arena, size, line);
    const operation = this.emit(OpKind.Place, this.blocks.count, size, line, 0, flags, 0, offset, chunk.operation);
    const id = this.blocks.born(size, 0, operation, true);
    this.placements.add(id, arena.number, chunk.operation, offset);
    arena.placed.push(id);
    return id;
  }

  /** Where a block goes in an arena, which gets a new chunk if none has room. */
  private spot(arena: ProgramArena, size: number, line: number) {
    const found = arena.place(size);
    if (found) return found;
    const bytes = arena.newChunkSize(size);
    const flags = OpFlag.ByArena | OpFlag.Chunk;
    const operation = this.emit(OpKind.Alloc, this.blocks.count, bytes, line, 0, flags, 0, 0, arena.number);
    const block = this.blocks.chunk(bytes, operation, arena.name, arena.chunksMade);
    arena.addChunk({ block, operation, size: bytes });
    this.settle();
    return arena.place(size)!;
  }

  private startLifetime(id: number, life: number, line: number): void {
    this.blocks.setTimed(id);
    const due = this.out.count + life;
    // Later than the last operation that a run can have it never fires; that it has a lifetime still counts (it is not lost).
    if (due <= this.limits.operations) this.lifetimes.add(due, id, line);
  }

  /** Binds a name to a new block; says so if another block loses its last name by it. */
  private name(place: Place, index: number | null, id: number, line: number): void {
    if (place.kind === 'block') {
      this.lose(this.blocks.single(place.name), line);
      this.blocks.bindSingle(place.name, id);
      return;
    }
    const at = index ?? this.blocks.groups[place.name]!.highest + 1;
    this.lose(this.blocks.element(place.name, at), line);
    this.blocks.bindElement(place.name, at, id);
  }

  private lose(id: number, line: number): void {
    const { blocks } = this;
    if (id === -1 || !blocks.isLive(id) || blocks.isTimed(id) || blocks.isPlaced(id) || this.inScope(id)) return;
    this.findings.add('F507', line, this.out.count, id, () =>
      findingText.lost(blocks.label(id), blocks.size(id), this.lineOf(blocks.birth(id))),
    );
  }

  private lineOf(operation: OperationNumber): number {
    return this.out.lineOf(operation);
  }

  private inScope(id: number): boolean {
    const [outermost] = this.scopes;
    if (!outermost) return false;
    return id >= outermost.firstBlock || this.scopes.some((scope) => scope.outsiders.has(id));
  }

  protected perform(statement: Verb, id: number, span: Span): void {
    switch (statement.kind) {
      case 'free': {
        const offset = statement.at ? this.number(statement.at) : 0;
        this.free(id, offset, span.line);
        break;
      }
      case 'realloc': {
        const { to } = statement;
        const size = to.kind === 'percent' ? this.percentOf(id, to.millionths, span) : this.size(to, span);
        if (this.blocks.isPlaced(id)) this.move(id, size, span);
        else this.resize(id, size, span.line);
        break;
      }
      case 'write': {
        const reach = this.reach(statement, id, span);
        const fill = this.fillFor(statement, id, span);
        this.touch(OpKind.Write, id, reach, span.line, fill);
        break;
      }
      case 'read':
        this.touch(OpKind.Read, id, this.reach(statement, id, span), span.line, 0);
        break;
    }
    this.settle();
  }

  private free(id: number, offset: number, line: number): void {
    const { blocks } = this;
    const dead = !blocks.isLive(id);
    if (!dead && offset === 0) {
      this.release(id, line, 0);
      return;
    }
    // The address of a placed block's inside lies in no chunk's header either: it goes to the allocator like any other.
    const kind = blocks.isPlaced(id) && offset === 0 ? OpKind.Drop : OpKind.Free;
    const operation = this.emit(kind, id, 0, line, blocks.placer(id), OpFlag.Misuse, blocks.align(id), offset);
    if (dead) {
      this.findings.add('F501', line, operation, id, () =>
        findingText.doubleFree(line, blocks.label(id), blocks.end(id)),
      );
    } else {
      this.findings.add('F506', line, operation, id, () => findingText.innerFree(line, blocks.label(id), offset));
    }
  }

  private percentOf(id: number, millionths: number, span: Span): number {
    const size = this.blocks.size(id);
    const exact = size * millionths;
    const value = Number.isSafeInteger(exact)
      ? Math.floor(exact / 1_000_000)
      : Number((BigInt(size) * BigInt(millionths)) / 1_000_000n);
    if (value > MAX_SIZE) this.stop('S404', span, stopText.size(value));
    return value;
  }

  private resize(id: number, size: number, line: number): void {
    const { blocks } = this;
    const dead = !blocks.isLive(id);
    const flags = dead ? OpFlag.Misuse : 0;
    const operation = this.emit(OpKind.Realloc, id, size, line, blocks.placer(id), flags, blocks.align(id));
    if (dead) this.resizedDead(id, operation, line);
    blocks.resized(id, size, operation);
    if (dead) blocks.revive(id);
    const scope = this.scopes.at(-1);
    if (!scope || id >= scope.firstBlock || scope.outsiders.has(id)) return;
    for (const other of this.scopes) other.outsiders.delete(id);
    scope.outsiders.add(id);
    this.findings.add('F509', line, operation, id, () => findingText.moved(blocks.label(id)));
  }

  private resizedDead(id: number, operation: OperationNumber, line: number): void {
    this.findings.add('F508', line, operation, id, () =>
      findingText.dead(line, 'resizes', this.blocks.label(id), this.blocks.end(id)),
    );
  }

  /** Resizes a placed block: where it stands if it does not get larger, else in a new spot. */
  private move(id: number, size: number, span: Span): void {
    const { blocks, placements } = this;
    if (this.scopes.length > 0) this.stop('S408', span, stopText.arenaInScope(blocks.label(id)));
    const dead = !blocks.isLive(id);
    let host = placements.host(id);
    let offset = placements.offset(id);
    const arena = this.arenas.find((other) => other?.number === placements.arena(id))!;
    if (size > blocks.size(id)) {
      const spot = this.spot(arena, size, span.line);
      host = spot.chunk.operation;
      offset = spot.offset;
    }
    const flags = dead ? OpFlag.Misuse : 0;
    const operation = this.emit(OpKind.Move, id, size, span.line, blocks.placer(id), flags, 0, offset, host);
    if (dead) this.resizedDead(id, operation, span.line);
    blocks.resized(id, size, operation);
    placements.move(id, host, offset);
    if (!dead) return;
    blocks.revive(id);
    arena.placed.push(id);
  }

  /** Offset and length that a write or a read asks for. */
  private reach(statement: Extract<Verb, { kind: 'write' | 'read' }>, id: number, span: Span) {
    const length = statement.length === null ? null : this.size(statement.length, span);
    const offset = statement.at ? this.number(statement.at) : 0;
    const rest = Math.max(0, this.blocks.size(id) - offset);
    if (length === null && rest > MAX_SIZE) this.stop('S404', span, stopText.size(rest));
    return { offset, length: length ?? rest };
  }

  private fillFor(statement: Extract<Verb, { kind: 'write' }>, id: number, span: Span): number {
    const { fill } = statement;
    if (fill === null) return this.fills.name(id, () => this.blocks.label(id));
    if (fill.kind === 'text') return this.fills.text(fill.fill);
    const byte = this.amount(fill);
    if (byte < 0 || byte > 255) this.stop('S404', span, stopText.byte(byte));
    return this.fills.byte(byte);
  }

  private touch(
    kind: typeof OpKind.Write | typeof OpKind.Read,
    id: number,
    { offset, length }: { offset: number; length: number },
    line: number,
    fill: number,
  ): void {
    const { blocks } = this;
    const size = blocks.size(id);
    const dead = !blocks.isLive(id);
    const outside = length > 0 && (offset < 0 || offset + length > size);
    const flags = dead || outside ? OpFlag.Misuse : 0;
    const operation = this.emit(kind, id, length, line, blocks.placer(id), flags, blocks.align(id), offset, fill);
    const verb = kind === OpKind.Write ? 'writes' : 'reads';
    if (dead) {
      this.findings.add('F503', line, operation, id, () =>
        findingText.dead(line, verb, blocks.label(id), blocks.end(id)),
      );
    } else if (outside && offset < 0) {
      this.findings.add('F505', line, operation, id, () =>
        findingText.beforeStart(line, verb, -offset, blocks.label(id)),
      );
    } else if (outside) {
      const past = offset + length - size;
      this.findings.add('F504', line, operation, id, () =>
        findingText.pastEnd(line, verb, past, blocks.label(id), size),
      );
    }
  }

  // Arenas

  protected rewind(arena: ProgramArena, line: number): void {
    const operation = this.emit(OpKind.Rewind, arena.number, 0, line);
    for (let k = 0; k < arena.placed.length; k++) {
      const id = arena.placed.values[k]!;
      if (this.blocks.isLive(id)) this.blocks.die(id, operation);
    }
    arena.rewind();
    this.settle();
  }

  protected freeArena(arena: ProgramArena, line: number): void {
    this.rewind(arena, line);
    const { chunks } = arena;
    arena.chunks = [];
    for (const { block, operation } of chunks) {
      this.emit(OpKind.Free, block, 0, line, operation, OpFlag.ByArena | OpFlag.Chunk);
      this.settle();
    }
  }
}
