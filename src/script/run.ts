import type { Diagnostic } from '../model/diagnostics.ts';
import { OpFlag, OpKind } from '../model/operations.ts';
import type { Scenario } from '../model/scenario.ts';
import { scriptStrings } from '../model/strings/script.ts';
import { RunStop } from './evaluate.ts';
import { RUN_LIMITS, type RunLimits } from './limits.ts';
import type { Body, Program, Span, Statement, Target } from './program.ts';
import { Effects, type Scope, type Verb } from './run-effects.ts';
import { Stations } from './stations.ts';

const stopText = scriptStrings.stop;
const findingText = scriptStrings.finding;

/** A run that can be interrupted anywhere and goes on as if it had not been. */
export interface ScriptRun {
  /** Carries out about so many statements, passes and blocks; `done` when there is nothing more to do. */
  advance(steps: number): 'more' | 'done';
  readonly operationsSoFar: number;
  readonly stepsSoFar: number;
  /** What ran so far as a scenario. Before the end it says that it was stopped by hand. Call it once. */
  finish(): Scenario;
}

/** Starts a program; nothing runs until `advance`. The same program gives the same scenario for ever. */
export function startRun(program: Program, limits: RunLimits = RUN_LIMITS): ScriptRun {
  return new Run(program, limits);
}

/** What is under way, innermost last. */
type Frame =
  | { readonly kind: 'body'; readonly body: readonly Statement[]; next: number; readonly whose: Loop | Scope | null }
  | { readonly kind: 'targets'; readonly statement: Verb; next: number; chosen: Uint32Array | null; cursor: number }
  | { readonly kind: 'scope-end'; readonly scope: Scope; cursor: number; outsiders: number[]; readonly end: Span };
interface Loop {
  readonly kind: 'loop';
  readonly body: Body;
  readonly span: Span;
  readonly slot: number | null;
  value: number;
  readonly step: number;
  /** Passes still to come. */
  left: number;
}
class Run extends Effects implements ScriptRun {
  private readonly frames: Frame[];
  private scopesMade = 0;
  private readonly stations: Stations;
  private stopped: Diagnostic | null = null;

  constructor(program: Program, limits: RunLimits) {
    super(program, limits);
    this.frames = [{ kind: 'body', body: program.body, next: 0, whose: null }];
    this.stations = new Stations(program, limits.stations);
  }

  get operationsSoFar(): number {
    return this.out.count;
  }

  get stepsSoFar(): number {
    return this.steps;
  }

  advance(steps: number): 'more' | 'done' {
    try {
      // A statement may cost thousands of steps (`random` of a large group), and a block of a verb none.
      const enough = this.steps + steps;
      for (let left = steps; left > 0 && this.steps < enough && this.frames.length > 0; left--) this.tick();
    } catch (reason) {
      if (!(reason instanceof RunStop)) throw reason;
      this.stopAt(reason.code, reason.span, reason.message);
    }
    return this.frames.length > 0 ? 'more' : 'done';
  }

  private stopAt(code: string, span: Span, message: string): void {
    const { from, to, line, column } = span;
    this.stopped = { code, severity: 'stop', message, line, column, from, to, fixes: [] };
    this.frames.length = 0;
  }

  finish(): Scenario {
    if (this.frames.length > 0) {
      this.stopAt('S400', this.here, stopText.visitor(this.out.count, this.here.line));
    }
    const { findings, stations } = this;
    return {
      format: 'script',
      operations: this.out.finish(),
      fills: this.fills.finish(),
      blocks: this.blocks.finish(),
      marks: stations.marks,
      notes: stations.notes,
      pauses: stations.pauses,
      checks: stations.checks(this.stopped !== null),
      memory: this.program.memory,
      findings: findings.whole,
      findingsLeftOut: findings.leftOut,
      misuseAt: findings.misuseAt.finish(),
      lostAt: findings.lostAt.finish(),
      anomalies: [],
      anomaliesLeftOut: 0,
      diagnostics: this.stopped ? [...this.program.warnings, this.stopped] : this.program.warnings,
      stopped: this.stopped,
    };
  }

  private tick(): void {
    const frame = this.frames.at(-1)!;
    switch (frame.kind) {
      case 'body': {
        const statement = frame.body[frame.next++];
        if (statement) this.statement(statement);
        else this.bodyEnds(frame.whose);
        return;
      }
      case 'targets':
        this.nextTarget(frame);
        return;
      case 'scope-end':
        this.scopeEnds(frame);
        return;
    }
  }

  private bodyEnds(whose: Loop | Scope | null): void {
    this.frames.pop();
    if (whose === null) return;
    if (whose.kind === 'loop') {
      this.pass(whose);
      return;
    }
    const outsiders = [...whose.outsiders].sort((a, b) => a - b);
    this.frames.push({ kind: 'scope-end', scope: whose, cursor: this.blocks.count - 1, outsiders, end: whose.end });
  }

  /** The next pass of a loop, if one is left. */
  private pass(loop: Loop): void {
    if (loop.left <= 0) return;
    this.step(loop.span);
    loop.left--;
    if (loop.slot !== null) this.set(loop.slot, loop.value);
    loop.value += loop.step;
    this.frames.push({ kind: 'body', body: loop.body.statements, next: 0, whose: loop });
  }

  private statement(statement: Statement): void {
    this.here = statement.span;
    this.step(statement.span);
    switch (statement.kind) {
      case 'alloc':
        this.alloc(statement);
        return;
      case 'free':
      case 'realloc':
      case 'write':
      case 'read': {
        const [only] = statement.targets;
        if (statement.targets.length === 1 && only!.kind === 'one') this.one(statement, only!);
        else this.frames.push({ kind: 'targets', statement, next: 0, chosen: null, cursor: 0 });
        return;
      }
      case 'reset':
        this.rewind(this.arenas[statement.name]!, statement.span.line);
        return;
      case 'let':
        this.set(statement.slot, this.amount(statement.amount));
        return;
      case 'repeat': {
        const left = this.howMany(statement.amount, statement.span);
        const { body, span, slot } = statement;
        this.pass({ kind: 'loop', body, span, slot, value: 0, step: 1, left });
        return;
      }
      case 'for': {
        const first = this.number(statement.first);
        const last = this.number(statement.last);
        const step = statement.step === null ? 1 : this.number(statement.step);
        if (step === 0) this.stop('S404', statement.span, stopText.step);
        const left = Math.max(0, Math.floor((last - first) / step) + 1);
        const { body, span, slot } = statement;
        this.pass({ kind: 'loop', body, span, slot, value: first, step, left });
        return;
      }
      case 'if':
        this.conditional(statement);
        return;
      case 'scope': {
        const { body, span } = statement;
        const number = this.scopesMade++;
        const enter = this.emit(OpKind.Enter, number, 0, span.line);
        const scope: Scope = {
          kind: 'scope',
          number,
          enter,
          firstBlock: this.blocks.count,
          outsiders: new Set(),
          end: body.end,
        };
        this.scopes.push(scope);
        this.frames.push({ kind: 'body', body: body.statements, next: 0, whose: scope });
        this.settle();
        return;
      }
      case 'mark':
      case 'note':
      case 'pause':
        this.stations.add(statement.kind, statement.text, this.out.count, statement.span);
        return;
      case 'expect':
        this.stations.expect(statement, this.out.count, statement.span, this, this.findings);
        return;
    }
  }

  private conditional(statement: Extract<Statement, { kind: 'if' }>): void {
    for (let k = 0; k < statement.arms.length; k++) {
      const { condition, body, span } = statement.arms[k]!;
      if (k > 0) this.step(span);
      if (this.truth(condition, span)) {
        this.frames.push({ kind: 'body', body: body.statements, next: 0, whose: null });
        return;
      }
    }
    if (statement.otherwise) {
      this.frames.push({ kind: 'body', body: statement.otherwise.statements, next: 0, whose: null });
    }
  }

  private nextTarget(frame: Extract<Frame, { kind: 'targets' }>): void {
    const { statement } = frame;
    if (frame.chosen) {
      const id = frame.chosen[frame.cursor++];
      if (id === undefined) frame.chosen = null;
      else if (this.blocks.isLive(id)) this.perform(statement, id, statement.targets[frame.next - 1]!.span);
      return;
    }
    const target = statement.targets[frame.next++];
    if (!target) {
      this.frames.pop();
      return;
    }
    this.here = target.span;
    switch (target.kind) {
      case 'one':
        this.one(statement, target);
        return;
      case 'arena':
        this.freeArena(this.arenas[target.name]!, target.span.line);
        return;
      default:
        frame.chosen = this.choose(target);
        frame.cursor = 0;
    }
  }

  private choose(target: Exclude<Target, { kind: 'one' | 'arena' }>): Uint32Array {
    switch (target.kind) {
      case 'set':
        return this.members(target.set, target.span);
      case 'oldest':
      case 'newest':
        return this.byBirth(target.kind, target.count, target.set, target.span);
      case 'random':
        return this.random(target.place, target.count, target.set, target.span);
      case 'every':
        return this.every(target.ordinal, target.set, target.span);
    }
  }

  /** A verb on one name, whether its block lives or not. */
  private one(statement: Verb, target: Target): void {
    const reference = (target as Extract<Target, { kind: 'one' }>).block;
    const { span } = target;
    const index = reference.kind === 'element' ? this.index(reference.name, reference.index, span) : null;
    const id = index === null ? this.blocks.single(reference.name) : this.blocks.element(reference.name, index);
    if (id !== -1) {
      this.perform(statement, id, span);
      return;
    }
    if (statement.kind === 'realloc') {
      const size = statement.to.kind === 'percent' ? 0 : this.size(statement.to, span);
      const made = this.request(size, 0, 0, span.line);
      if (index === null) this.blocks.bindSingle(reference.name, made);
      else this.blocks.bindElement(reference.name, index, made);
      this.settle();
      return;
    }
    const verb = ({ free: 'frees', write: 'writes', read: 'reads' } as const)[statement.kind];
    this.findings.add('F502', span.line, this.out.count, -1, () => {
      const name = this.program.names[reference.name]!;
      if (index === null) return findingText.noBlock(span.line, verb, name, null);
      return findingText.noBlock(span.line, verb, `${name}[${index}]`, this.whatItHas(reference.name, index));
    });
  }

  /** `m has 0 to 2`, for a message about an index that it has not. */
  private whatItHas(name: number, index: number): string {
    const group = this.blocks.groups[name]!;
    const label = this.program.names[name]!;
    if (group.used === 0) return findingText.hasNone(label);
    const low = group.lowest;
    return index >= low && index <= group.highest
      ? findingText.hasNot(label, index)
      : findingText.has(label, low, group.highest);
  }

  /** Frees one survivor of a scope that ends, the newest first; after the last leaves the scope. */
  private scopeEnds(frame: Extract<Frame, { kind: 'scope-end' }>): void {
    const { scope, end } = frame;
    this.here = end;
    const { blocks } = this;
    const newest = blocks.live.previous(frame.cursor);
    if (newest >= scope.firstBlock) {
      frame.cursor = newest - 1;
      this.release(newest, end.line, OpFlag.ByScope);
      this.settle();
      return;
    }
    while (frame.outsiders.length > 0) {
      const id = frame.outsiders.pop()!;
      if (!blocks.isLive(id)) continue;
      this.release(id, end.line, OpFlag.ByScope);
      this.settle();
      return;
    }
    this.frames.pop();
    this.scopes.pop();
    this.emit(OpKind.Leave, scope.number, 0, end.line, scope.enter);
    this.settle();
  }
}
