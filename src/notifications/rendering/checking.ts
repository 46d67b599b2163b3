import { HELPERS } from './helpers.js';
import { parse } from './parser.js';
import { type Expression, type FaultCode, TemplateFault, type TemplateNode } from './syntax.js';
import { above, type Scope, valueAt } from './values.js';

const LAYOUT_PARTS = new Set(['title', 'preview', 'footer', 'button', 'href', 'hint']);
const MOST_NAMED = 40;
/** Who has so many is told no more. */
const MOST_FAULTS = 200;

/** What is wrong with a template that is to be filled with the like of `sample`: all of it, and in branches that the sample does not take too. */
export function faultsOf(source: string, sample: object, { layout }: { layout: boolean }): TemplateFault[] {
  const read = reading(source);
  return read instanceof TemplateFault ? [read] : misfits(read, sample, { layout });
}

/** The template as a tree, or why it is none: the same whatever it is to be filled with. */
export function reading(source: string): readonly TemplateNode[] | TemplateFault {
  try {
    return parse(source);
  } catch (error) {
    if (error instanceof TemplateFault) return error;
    throw error;
  }
}

/** {@link faultsOf} for a template that was read. */
export function misfits(nodes: readonly TemplateNode[], sample: object, { layout }: { layout: boolean }): TemplateFault[] {
  const checking = new Checking(layout);
  checking.nodes(nodes, { value: sample, data: { lang: 'en' } });
  return checking.faults;
}

class Checking {
  readonly faults: TemplateFault[] = [];

  constructor(private readonly layout: boolean) {}

  nodes(nodes: readonly TemplateNode[], scope: Scope): void {
    for (const node of nodes) {
      if (node.kind === 'value') this.expression(node.value, scope);
      else if (node.kind === 'slot') this.fault('not_allowed', 'only the layout has a place for a text.', node.at);
      else if (node.kind === 'layout') this.layoutNode(node, scope);
      else if (node.kind === 'block') {
        const value = this.expression(node.subject, scope);
        this.nodes(node.body, node.name === 'each' ? this.loop(value, scope, node.at) : scope);
        this.nodes(node.otherwise, scope);
      }
    }
  }

  private layoutNode({ parts, body, at }: Extract<TemplateNode, { kind: 'layout' }>, scope: Scope): void {
    if (!this.layout) this.fault('not_allowed', 'only html is set in the layout.', at);
    for (const [name, value] of parts) {
      if (!LAYOUT_PARTS.has(name))
        this.fault('part_unknown', `the layout has no ${name}; it has ${[...LAYOUT_PARTS].join(', ')}.`, value.at);
      this.expression(value, scope);
    }
    this.nodes(body, scope);
  }

  private loop(value: unknown, scope: Scope, at: number): Scope {
    if (value !== undefined && !Array.isArray(value)) this.fault('helper_misused', 'each goes through a list, which this is not.', at);
    const item: unknown = Array.isArray(value) ? value[0] : {};
    return { value: item, data: { ...scope.data, index: 0, first: true, last: false }, above: scope };
  }

  /** The value in the sample; `undefined` for what has a fault, and for what a helper makes. */
  private expression(expression: Expression, scope: Scope): unknown {
    if (expression.kind === 'literal') return expression.value;
    if (expression.kind === 'call') {
      const { helper: name, operands, at } = expression;
      const helper = HELPERS.get(name);
      if (!helper) this.fault('helper_unknown', `there is no helper ${name}; there are ${[...HELPERS.keys()].join(', ')}.`, at);
      else if (operands.length < helper.least || operands.length > helper.most)
        this.fault(
          'helper_misused',
          `${name} takes ${helper.least === helper.most ? helper.least : `${helper.least} to ${helper.most}`} values.`,
          at,
        );
      for (const operand of operands) this.expression(operand, scope);
      return undefined;
    }
    const { up, data, parts, text, at } = expression;
    const within = above(scope, up);
    const found = within && valueAt(data ? within.data : within.value, parts);
    if (found === undefined) this.fault('variable_unknown', `there is no ${text} here${known(data ? within?.data : within?.value)}.`, at);
    return found;
  }

  private fault(code: FaultCode, message: string, at: number): void {
    if (this.faults.length < MOST_FAULTS) this.faults.push(new TemplateFault(code, message, at));
  }
}

function known(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return '';
  const names = Object.keys(value);
  return names.length === 0 ? '' : `; there are ${names.slice(0, MOST_NAMED).join(', ')}`;
}
