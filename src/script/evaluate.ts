import { scriptStrings } from '../model/strings/script.ts';
import { MAX_SIZE } from '../model/units.ts';
import type { Blocks } from './blocks.ts';
import { combine } from './constants.ts';
import { Dice } from './dice.ts';
import type { RunLimits } from './limits.ts';
import type {
  Amount,
  BlockReference,
  BlockSet,
  Condition,
  DrawnRange,
  Expression,
  OneOf,
  PickCount,
  Program,
  Share,
  Span,
} from './program.ts';

const text = scriptStrings.stop;
const TWO_32 = 2 ** 32;
/** `random`, `every` and slices cost a step for each so many that they look at. */
const LOOKED_AT_A_STEP = 32;

/** Thrown inside a run when a limit is reached or a sum has no answer; never leaves the run. */
export class RunStop {
  constructor(
    readonly code: string,
    readonly span: Span,
    readonly message: string,
  ) {}
}

/** Numbers, conditions, draws and choices of a run. Counts the steps; stops the run where there is no answer. */
export class Evaluator {
  steps = 0;
  private readonly values: Float64Array;
  private readonly dice: (Dice | null)[];

  constructor(
    protected readonly program: Program,
    protected readonly blocks: Blocks,
    protected readonly limits: RunLimits,
  ) {
    this.values = new Float64Array(program.numbers.length).fill(Number.NaN);
    this.dice = new Array<Dice | null>(program.places).fill(null);
  }

  /** Counts steps that are about to be carried out. */
  step(span: Span, count = 1): void {
    if (this.steps + count > this.limits.steps) {
      this.steps = this.limits.steps;
      throw new RunStop('S402', span, text.steps(this.limits.steps, span.line));
    }
    this.steps += count;
  }

  protected stop(code: string, span: Span, why: string): never {
    throw new RunStop(code, span, text.at(span.line, why));
  }

  set(slot: number, value: number): void {
    this.values[slot] = value;
  }

  private roll(place: number): Dice {
    let dice = this.dice[place]!;
    if (dice === null) {
      dice = new Dice(this.program.seed, place);
      this.dice[place] = dice;
    }
    return dice;
  }

  number(expression: Expression): number {
    switch (expression.kind) {
      case 'number':
        return expression.value;
      case 'variable': {
        const value = this.values[expression.slot]!;
        if (Number.isNaN(value)) {
          this.stop('S405', expression.span, text.noValue(this.program.numbers[expression.slot]!));
        }
        return value;
      }
      case 'negate': {
        const value = this.number(expression.operand);
        this.step(expression.span);
        return value === 0 ? 0 : -value;
      }
      case 'chain': {
        let value = this.number(expression.first);
        for (const { operator, operand, span } of expression.rest) {
          const other = this.number(operand);
          this.step(span);
          const result = combine(operator, value, other);
          if (result === null) {
            const byZero = other === 0 && (operator === '/' || operator === 'mod');
            this.stop('S403', span, byZero ? text.divisionByZero : text.tooLarge);
          }
          value = result;
        }
        return value;
      }
      case 'least':
      case 'most': {
        const a = this.number(expression.operands[0]!);
        const b = this.number(expression.operands[1]!);
        this.step(expression.span);
        return expression.kind === 'least' ? Math.min(a, b) : Math.max(a, b);
      }
      case 'count': {
        this.step(expression.span);
        return this.count(expression.set, expression.span);
      }
      case 'size': {
        const block = this.find(expression.block, expression.span);
        this.step(expression.span);
        return block === -1 ? 0 : this.blocks.size(block);
      }
    }
  }

  truth(condition: Condition, span: Span): boolean {
    switch (condition.kind) {
      case 'compare': {
        const a = this.number(condition.left);
        const b = this.number(condition.right);
        this.step(span);
        return holds(a, condition.comparison, b);
      }
      case 'not': {
        const value = this.truth(condition.operand, span);
        this.step(span);
        return !value;
      }
      case 'and':
      case 'or': {
        const decides = condition.kind === 'or';
        let first = true;
        for (const operand of condition.operands) {
          if (!first) this.step(span);
          first = false;
          if (this.truth(operand, span) === decides) return decides;
        }
        return !decides;
      }
      case 'chance':
        return this.share(condition.share);
    }
  }

  share(share: Share): boolean {
    if (share.kind === 'percent') return this.roll(share.place).below(100) * 10_000 < share.millionths;
    const part = this.number(share.part);
    const whole = this.number(share.whole);
    if (part < 0 || part > whole || whole < 1 || whole > TWO_32) this.stop('S404', share.span, text.odds(part, whole));
    return this.roll(share.place).below(whole) < part;
  }

  amount(amount: Amount): number {
    switch (amount.kind) {
      case 'range':
        return this.drawn(amount);
      case 'one-of':
        return this.oneOf(amount);
      default:
        return this.number(amount);
    }
  }

  private drawn(range: DrawnRange): number {
    const low = this.number(range.low);
    const high = this.number(range.high);
    if (low > high) this.stop('S406', range.span, text.emptyRange(low, high));
    if (range.skewed) {
      if (low < 1 || high > MAX_SIZE) this.stop('S406', range.span, text.skewRange(low, high));
      return this.roll(range.place).skewed(low, high);
    }
    if (high - low + 1 > TWO_32) this.stop('S406', range.span, text.wideRange(low, high));
    return this.roll(range.place).between(low, high);
  }

  private oneOf({ place, choices, percents, plain }: OneOf): number {
    // Shares and the draw in millionths: p % weighs p·max(m, 1) of 100·max(m, 1).
    const drawn = this.roll(place).below(100 * Math.max(plain, 1)) * 10_000;
    let sum = 0;
    for (const { millionths, amount } of choices) {
      sum += millionths === null ? 1_000_000 - percents : millionths * Math.max(plain, 1);
      if (sum > drawn) return this.amount(amount);
    }
    return this.amount(choices.at(-1)!.amount);
  }

  size(amount: Amount, span: Span): number {
    const value = this.amount(amount);
    if (value < 0 || value > MAX_SIZE) this.stop('S404', span, text.size(value));
    return value;
  }

  /** A count of something: 0 or more. */
  howMany(amount: Amount, span: Span): number {
    const value = this.amount(amount);
    if (value < 0) this.stop('S404', span, text.count(value));
    return value;
  }

  /** The block that a name or an element stands for, −1 if it never had one. */
  find(reference: BlockReference, span: Span): number {
    if (reference.kind === 'block') return this.blocks.single(reference.name);
    return this.blocks.element(reference.name, this.index(reference.name, reference.index, span));
  }

  index(name: number, expression: Expression, span: Span): number {
    const index = this.number(expression);
    if (index < 0) this.stop('S407', span, text.index(this.program.names[name]!, index));
    return index;
  }

  private count(set: BlockSet, span: Span): number {
    switch (set.kind) {
      case 'all':
        return this.blocks.live.size;
      case 'group':
        return this.blocks.groups[set.name]!.live;
      case 'block':
      case 'element': {
        const block = this.find(set, span);
        return block !== -1 && this.blocks.isLive(block) ? 1 : 0;
      }
      case 'slice': {
        const bounds = this.slice(set, span);
        return bounds ? this.blocks.groups[set.name]!.countBetween(bounds.low, bounds.high) : 0;
      }
    }
  }

  /** Bounds of a slice, null if it is empty; counts what it costs. */
  private slice(set: Extract<BlockSet, { kind: 'slice' }>, span: Span): { low: number; high: number } | null {
    const low = this.number(set.low);
    const high = this.number(set.high);
    this.step(span, Math.floor(this.blocks.groups[set.name]!.used / LOOKED_AT_A_STEP));
    if (low > high) return null;
    if (low < 0) this.stop('S407', span, text.index(this.program.names[set.name]!, low));
    return { low, high };
  }

  /** Live blocks of a set in its order: groups and slices by index, `all` by birth. */
  members(set: BlockSet, span: Span): Uint32Array {
    switch (set.kind) {
      case 'all':
        return this.firstOfAll(this.blocks.live.size, false);
      case 'group':
        return this.blocks.groups[set.name]!.byIndex();
      case 'block':
      case 'element': {
        const block = this.find(set, span);
        return block !== -1 && this.blocks.isLive(block) ? Uint32Array.of(block) : NOTHING;
      }
      case 'slice': {
        const bounds = this.slice(set, span);
        return bounds ? this.blocks.groups[set.name]!.liveBetween(bounds.low, bounds.high) : NOTHING;
      }
    }
  }

  private firstOfAll(count: number, fromNewest: boolean): Uint32Array {
    const { live, count: born } = this.blocks;
    const out = new Uint32Array(Math.min(count, live.size));
    let id = fromNewest ? live.previous(born - 1) : live.next(0);
    for (let k = 0; k < out.length; k++) {
      out[k] = id;
      id = fromNewest ? live.previous(id - 1) : live.next(id + 1);
    }
    return out;
  }

  /** `oldest` or `newest` of a set; without a count, one. */
  byBirth(how: 'oldest' | 'newest', count: PickCount | null, set: BlockSet, span: Span): Uint32Array {
    const newest = how === 'newest';
    const wanted = count === null ? 1 : this.wanted(count, span);
    switch (set.kind) {
      case 'all':
        return this.firstOfAll(atMost(wanted, this.blocks.live.size), newest);
      case 'group': {
        const group = this.blocks.groups[set.name]!;
        return group.byBirth(atMost(wanted, group.live), newest);
      }
      default: {
        const members = this.members(set, span).sort();
        if (newest) members.reverse();
        return members.subarray(0, atMost(wanted, members.length));
      }
    }
  }

  /** The count as it is written: drawn or worked out before the set is looked at, a percent left for `atMost`. */
  private wanted(count: PickCount, span: Span): number | Percentage {
    return count.kind === 'percent' ? count : this.howMany(count, span);
  }

  random(place: number, count: PickCount, set: BlockSet, span: Span): Uint32Array {
    const asked = this.wanted(count, span);
    const members = this.members(set, span);
    this.step(span, Math.floor(members.length / LOOKED_AT_A_STEP));
    const wanted = atMost(asked, members.length);
    const dice = this.roll(place);
    for (let j = 0; j < wanted; j++) {
      const r = j + dice.below(members.length - j);
      const taken = members[r]!;
      members[r] = members[j]!;
      members[j] = taken;
    }
    return members.subarray(0, wanted);
  }

  every(ordinal: number, set: BlockSet, span: Span): Uint32Array {
    const members = this.members(set, span);
    this.step(span, Math.floor(members.length / LOOKED_AT_A_STEP));
    const out = new Uint32Array(Math.floor(members.length / ordinal));
    for (let k = 0; k < out.length; k++) out[k] = members[(k + 1) * ordinal - 1]!;
    return out;
  }
}

type Percentage = Extract<PickCount, { kind: 'percent' }>;

/** So many of `size`: never more than there are; percents are rounded to the nearest, half up. */
function atMost(wanted: number | Percentage, size: number): number {
  if (typeof wanted === 'number') return Math.min(wanted, size);
  return Math.min(size, Math.floor((size * wanted.millionths + 500_000) / 1_000_000));
}

const NOTHING = new Uint32Array(0);

function holds(a: number, comparison: '==' | '!=' | '<' | '<=' | '>' | '>=', b: number): boolean {
  switch (comparison) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}
