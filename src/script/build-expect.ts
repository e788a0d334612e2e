import type { SyntaxNode } from '@lezer/common';
import type { Fix } from '../model/diagnostics.ts';
import { LANE_NAMES, laneName, parseLaneName } from '../model/lanes.ts';
import { METRIC_IDS, METRICS, type MetricId } from '../model/metrics.ts';
import type { Trend } from '../model/scenario.ts';
import { scriptStrings } from '../model/strings/script.ts';
import { SIZE } from './build-amounts.ts';
import { COMPARISONS } from './build-expressions.ts';
import { HeaderBuilder } from './build-header.ts';
import { children, isExpression } from './build-nodes.ts';
import { constant } from './constants.ts';
import { textValue } from './names.ts';
import { nearest } from './nearest.ts';
import { millionths } from './numerals.ts';
import type { ExpectBody, ExpectStatement, ExpectValue, Expression } from './program.ts';
import { replace } from './report.ts';

const text = scriptStrings.meaning;
const fix = scriptStrings.fix;

const VERDICTS = ['leak', 'fragmentation', 'past peak', 'healthy'];
/** What people call a metric elsewhere. */
const OTHER_NAMES: Readonly<Record<string, MetricId>> = {
  footprint: 'pages',
  size: 'committed',
  memory: 'committed',
  heap: 'committed',
  used: 'live',
  allocated: 'live',
  peak: 'peak_live',
  fragmentation: 'external_fragmentation',
  leaks: 'lost',
  leaked: 'lost',
  errors: 'misuses',
  fails: 'failures',
  oom: 'failures',
  wasted: 'slack',
  overhead: 'metadata',
};

/** `expect` lines: which metric, against what, where and for whom. */
export class ExpectBuilder extends HeaderBuilder {
  readonly expects: ExpectStatement[] = [];

  protected expect(node: SyntaxNode): ExpectBody | null {
    const metricNode = node.getChild('Metric');
    const metric = metricNode && this.metric(metricNode);
    const test = this.test(node, metric?.id ?? null);
    const lane = this.lane(node.getChild('LaneClause')?.getChild('Lane') ?? null);
    const at = this.markText(node.getChild('AtClause'));
    if (!metric || !test || lane === undefined || at === undefined) return null;
    const body: ExpectBody = {
      kind: 'expect',
      index: this.expects.length,
      text: this.slice(node),
      metric: metric.id,
      metricFrom: metric.from,
      metricTo: metric.to,
      open: metric.open,
      test,
      lane,
      at,
    };
    this.expects.push({ ...body, span: this.span(node) });
    return body;
  }

  private metric(node: SyntaxNode) {
    const name = this.slice(node.firstChild!);
    const argumentsNode = node.getChild('MetricArguments');
    const from: Expression | null = null;
    if (!Object.hasOwn(METRICS, name)) {
      const better = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name]! : nearest(name, METRIC_IDS);
      this.error(
        'E211',
        node.firstChild!,
        text.noMetric(name, better),
        better ? [this.rename(node.firstChild!, better)] : [],
      );
      return null;
    }
    const id = name as MetricId;
    if (!argumentsNode) {
      if (id === 'unusable') {
        this.error('E212', node, text.needsSize, [this.rename(node, 'unusable(4096)')]);
        return null;
      }
      if (id === 'hole_bytes') {
        this.error('E212', node, text.needsRange(name), [this.rename(node, 'hole_bytes(0..)')]);
        return null;
      }
      return { id, from, to: null, open: false };
    }
    return this.metricArguments(node, argumentsNode, id);
  }

  private metricArguments(node: SyntaxNode, argumentsNode: SyntaxNode, id: MetricId) {
    const open = children(argumentsNode).some((child) => child.name === '..');
    const [fromNode, toNode] = children(argumentsNode).filter(isExpression);
    if (!fromNode) return null;
    if (id !== 'unusable' && id !== 'holes' && id !== 'hole_bytes') {
      this.error('E212', argumentsNode, text.noArguments(id), [
        replace(fix.remove(this.slice(argumentsNode)), argumentsNode.from, argumentsNode.to, ''),
      ]);
      return null;
    }
    if (id === 'unusable' && open) {
      this.error('E212', node, text.needsSize);
      return null;
    }
    if (id !== 'unusable' && !open) {
      this.error('E212', node, text.needsRange(id), [this.rename(node, `${id}(${this.slice(fromNode)}..)`)]);
      return null;
    }
    const from = this.number(fromNode);
    const to = toNode ? this.number(toNode) : null;
    if (!from || (toNode && !to)) return null;
    this.bounded(from, fromNode, SIZE);
    if (to) this.bounded(to, toNode!, SIZE);
    const [a, b] = [constant(from), to && constant(to)];
    if (a !== null && b !== null && a > b) this.backwards(fromNode, toNode!);
    return { id, from, to, open: open && !toNode };
  }

  private test(node: SyntaxNode, metric: MetricId | null): ExpectBody['test'] | null {
    const trendNode = node.getChild('Trend');
    if (trendNode) {
      const trend = trendNode.firstChild!.name as Trend;
      const since = this.markText(trendNode);
      if (metric === 'verdict') {
        this.error('E212', trendNode, text.wordMetric);
        return null;
      }
      return typeof since === 'string' ? { kind: 'trend', trend, since } : null;
    }
    const sign = children(node).find((child) => child.name in COMPARISONS);
    const valueNode = sign?.nextSibling;
    if (!sign || !valueNode) return null;
    const comparison = COMPARISONS[sign.name]!;
    const value = this.value(valueNode, metric);
    if (!value) return null;
    if (value.kind === 'word' && comparison !== '==' && comparison !== '!=') {
      this.error('E212', sign, text.wordMetric, [this.rename(sign, '==')]);
      return null;
    }
    return { kind: 'compare', comparison, value };
  }

  private value(node: SyntaxNode, metric: MetricId | null): ExpectValue | null {
    const unit = metric && METRICS[metric].unit;
    if (node.name === 'Text') {
      const word = textValue(this.slice(node));
      if (unit === null) return null;
      if (unit === 'word' && VERDICTS.includes(word)) return { kind: 'word', word };
      const better = unit === 'word' ? nearest(word, VERDICTS) : null;
      this.error(
        'E212',
        node,
        unit === 'word' ? text.wordMetric : this.describe(metric!),
        better ? [this.rename(node, `"${better}"`)] : [],
      );
      return null;
    }
    if (unit === 'word') {
      this.error('E212', node, text.wordMetric);
      return null;
    }
    if (node.name === 'Percent' || node.name === 'Decimal') {
      const value = millionths(this.slice(node));
      if (value === null) this.error('E106', node, scriptStrings.syntax.tooManyPlaces(this.slice(node)));
      else if (unit === 'ratio') return { kind: 'ratio', millionths: value };
      else if (unit) this.error('E212', node, text.notRatio(metric!));
      return null;
    }
    if (!isExpression(node)) return null;
    if (metric && unit !== 'bytes')
      this.units = { kind: unit === 'pages' || PAGE_COUNTS.has(metric) ? 'pages' : 'none', metric };
    const value = this.number(node);
    this.units = { kind: 'bytes' };
    return value && { kind: unit === 'ratio' ? 'whole' : 'count', value };
  }

  private describe(metric: MetricId): string {
    switch (METRICS[metric].unit) {
      case 'pages':
        return text.pagesMetric(metric);
      case 'bytes':
        return text.bytesMetric(metric);
      case 'count':
        return text.countMetric(metric);
      case 'ratio':
        return text.ratioMetric(metric);
      case 'word':
        return text.wordMetric;
    }
  }

  /** Canonical name, the name as it stands where no such lane exists, null without a lane, undefined where it is broken. */
  private lane(node: SyntaxNode | null): string | null | undefined {
    if (!node) return null;
    const name = children(node)
      .map((child) => this.slice(child))
      .join('');
    const allocator = parseLaneName(name);
    if (allocator) return laneName(allocator);
    const better = nearest(name, LANE_NAMES);
    this.error('W304', node, text.noAllocator(name, better), better ? [this.rename(node, better)] : []);
    return name;
  }

  /** The mark that `at` or `since` names; null without, undefined where the text is broken. */
  private markText(node: SyntaxNode | null): string | null | undefined {
    if (!node) return null;
    const quoted = node.getChild('Text');
    if (!quoted) return undefined;
    const mark = textValue(this.slice(quoted));
    if (!this.definitions.marks.has(mark) && !this.uncertain.has(`"${mark}"`)) {
      const better = nearest(mark, this.definitions.marks);
      const fixes: Fix[] = better === null ? [] : [this.rename(quoted, `"${better.replace(/["\\]/g, '\\$&')}"`)];
      this.error('W303', quoted, text.noMark(mark, better), fixes);
    }
    return mark;
  }
}

/** Pages too, whatever the table calls their unit. */
const PAGE_COUNTS: ReadonlySet<MetricId> = new Set(['pages', 'floor', 'empty_pages', 'trailing_pages']);
