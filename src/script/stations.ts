import type { Check, CheckValue, Station } from '../model/scenario.ts';
import { scriptStrings } from '../model/strings/script.ts';
import type { Position } from '../model/units.ts';
import { type Evaluator, RunStop } from './evaluate.ts';
import type { Findings } from './findings.ts';
import type { ExpectBody, ExpectStatement, Program, Span } from './program.ts';

const PLURALS = { mark: 'marks', note: 'notes', pause: 'pauses' } as const;

interface Reached {
  readonly statement: ExpectStatement;
  readonly from?: number;
  readonly to?: number | null;
  readonly value: CheckValue | null;
  /** Empty for `at`: its positions are known at the end. */
  readonly positions: Position[];
  readonly since: Position[];
  readonly counted: number[];
  /** The run was stopped before it came here. */
  readonly missed: boolean;
}

/** Marks, notes, pauses and checks of a run: everything that stands at a position without being an operation. */
export class Stations {
  readonly marks: Station[] = [];
  readonly notes: Station[] = [];
  readonly pauses: Station[] = [];
  /** Per `expect` of the program and its values: where it was reached. In order of first reaching. */
  private readonly reached = new Map<string, Reached>();
  private reachedCount = 0;
  private readonly lastMark = new Map<string, Position>();

  constructor(
    private readonly program: Program,
    private readonly limit: number,
  ) {}

  add(kind: 'mark' | 'note' | 'pause', text: string, position: Position, span: Span): void {
    const list = this[PLURALS[kind]];
    this.room(list.length, PLURALS[kind], span);
    list.push({ position, text, line: span.line });
    if (kind === 'mark') this.lastMark.set(text, position);
  }

  private room(count: number, what: 'marks' | 'notes' | 'pauses' | 'checks', span: Span): void {
    if (count < this.limit) return;
    throw new RunStop('S409', span, scriptStrings.stop.stations(this.limit, what, span.line));
  }

  /** An `expect` line is reached: its values are worked out here. The same line with the same values is one check. */
  expect(body: ExpectBody, position: Position, span: Span, run: Evaluator, findings: Findings): void {
    this.room(this.reachedCount++, 'checks', span);
    const from = body.metricFrom === null ? undefined : run.number(body.metricFrom);
    const to = body.metricTo === null ? undefined : run.number(body.metricTo);
    const value = body.test.kind === 'compare' ? this.value(body.test.value, run) : null;
    const key = `${body.index} ${from} ${to} ${JSON.stringify(value)}`;
    let reached = this.reached.get(key);
    if (!reached) {
      const statement = this.program.expects[body.index]!;
      reached = {
        statement,
        from,
        to: body.open ? null : to,
        value,
        positions: [],
        since: [],
        counted: [],
        missed: false,
      };
      this.reached.set(key, reached);
    }
    if (body.at !== null) return;
    reached.positions.push(position);
    if (body.test.kind === 'trend') reached.since.push(this.lastMark.get(body.test.since) ?? -1);
    if (body.metric === 'misuses') reached.counted.push(findings.misuseAt.length);
    if (body.metric === 'lost') reached.counted.push(findings.lostAt.length);
  }

  private value(value: Extract<ExpectBody['test'], { kind: 'compare' }>['value'], run: Evaluator): CheckValue {
    switch (value.kind) {
      case 'count':
        return { kind: 'count', value: run.number(value.value) };
      case 'whole':
        return { kind: 'ratio', millionths: run.number(value.value) * 1_000_000 };
      case 'ratio':
        return value;
      case 'word':
        return value;
    }
  }

  /** All checks, in order of their lines. Of a run that was stopped also those that it never came to: they stand nowhere and fail. */
  checks(stopped: boolean): Check[] {
    const all = [...this.reached.values()];
    if (stopped) {
      const seen = new Set(all.map(({ statement }) => statement.index));
      for (const statement of this.program.expects) {
        if (!seen.has(statement.index)) {
          all.push({ statement, value: null, positions: [], since: [], counted: [], missed: true });
        }
      }
    }
    const marked = new Map<string, { positions: Position[]; since: Position[] }>();
    return all
      .sort((a, b) => a.statement.span.from - b.statement.span.from)
      .map((reached) => this.check(reached, marked));
  }

  private check(reached: Reached, marked: Map<string, { positions: Position[]; since: Position[] }>): Check {
    const { statement, from, to, value, missed } = reached;
    const { test, at, lane, metric } = statement;
    const since = test.kind === 'trend' ? test.since : null;
    let { positions, since: sincePositions } = reached;
    if (at !== null && !missed) {
      const key = `${at} ${since ?? ''}`;
      let found = marked.get(key);
      if (!found) {
        found = this.whenMarked(at, since);
        marked.set(key, found);
      }
      ({ positions, since: sincePositions } = found);
    }
    return {
      line: statement.span.line,
      text: statement.text,
      metric: { id: metric, ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
      test:
        test.kind === 'compare'
          ? { kind: 'compare', comparison: test.comparison, value: value ?? { kind: 'count', value: 0 } }
          : { kind: 'trend', trend: test.trend, since: test.since },
      lane,
      positions,
      since: sincePositions,
      ...(reached.counted.length > 0 && { counted: reached.counted }),
    };
  }

  /** Every position of a mark, and for each the position where another was reached last before it, −1 if never. */
  private whenMarked(at: string, since: string | null) {
    const positions: Position[] = [];
    const before: Position[] = [];
    let last = -1;
    for (const { text, position } of this.marks) {
      if (text === at) {
        positions.push(position);
        if (since !== null) before.push(last);
      }
      if (text === since) last = position;
    }
    return { positions, since: before };
  }
}
