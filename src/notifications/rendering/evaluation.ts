import { escapedHtml } from '../../platform/html/index.js';
import { HELPERS, holds } from './helpers.js';
import { HtmlScanner } from './html-scanner.js';
import type { BlockNode, Expression, PathExpression, TemplateNode } from './syntax.js';
import { above, type Scope, valueAt } from './values.js';

/** Parts of a template, and values, that one text may take: whatever a template says, and whatever it is filled with, it ends soon. */
const MOST_STEPS = 50_000;
/** Characters of one text. */
const MOST_OUTPUT = 1_000_000;

const WEB_ADDRESS = /^https?:\/\/[^\s\p{Cc}]+$/u;

/** Members that lead somewhere: what is no web address is not written. */
const LINKS = new Set(['link', 'href', 'url']);

export interface Filling {
  /** Values are written as text of HTML. */
  readonly escapes: boolean;
  /** BCP 47: how numbers and dates are written. */
  readonly language: string;
  /** What `{{#> layout}}` sets a text in. */
  readonly layout?: readonly TemplateNode[];
}

/** Fills one template. */
export class Evaluation {
  private readonly written: string[] = [];
  private length = 0;
  private readonly html = new HtmlScanner();
  private steps = 0;

  constructor(private readonly filling: Filling) {}

  fill(nodes: readonly TemplateNode[], context: object): string {
    this.write(nodes, { value: context, data: { lang: this.filling.language } });
    return this.written.join('');
  }

  private write(nodes: readonly TemplateNode[], scope: Scope, slot?: () => void): void {
    for (const node of nodes) {
      this.step();
      if (node.kind === 'text') this.put(node.text);
      else if (node.kind === 'value') this.put(this.textOf(this.evaluate(node.value, scope), node.value));
      else if (node.kind === 'block') this.block(node, scope, slot);
      else if (node.kind === 'layout') this.inLayout(node, scope);
      else slot?.();
    }
  }

  private block({ name, subject, body, otherwise }: BlockNode, scope: Scope, slot?: () => void): void {
    const value = this.evaluate(subject, scope);
    if (name !== 'each') return this.write(holds(value) === (name === 'if') ? body : otherwise, scope, slot);
    if (value !== null && !Array.isArray(value)) throw new Error('only lists can be gone through');
    const items: readonly unknown[] = value ?? [];
    if (items.length === 0) this.write(otherwise, scope, slot);
    for (const [index, item] of items.entries())
      this.write(
        body,
        { value: item, data: { ...scope.data, index, first: index === 0, last: index === items.length - 1 }, above: scope },
        slot,
      );
  }

  private inLayout({ parts, body }: Extract<TemplateNode, { kind: 'layout' }>, scope: Scope): void {
    const given = Object.fromEntries([...parts].map(([name, expression]) => [name, this.evaluate(expression, scope)]));
    const value = { title: null, preview: null, footer: null, button: null, href: null, hint: null, ...given };
    this.write(this.filling.layout ?? [], { value, data: scope.data }, () => this.write(body, scope));
  }

  private evaluate(expression: Expression, scope: Scope): unknown {
    this.step();
    if (expression.kind === 'literal') return expression.value;
    if (expression.kind === 'path') return this.find(expression, scope);
    const operands = expression.operands.map((operand) => this.evaluate(operand, scope));
    const helper = HELPERS.get(expression.helper);
    if (!helper) throw new Error(`there is no helper ${expression.helper}`);
    return helper.apply(operands, this.filling.language);
  }

  private find({ up, data, parts, text }: PathExpression, scope: Scope): unknown {
    const within = above(scope, up);
    const found = within && valueAt(data ? within.data : within.value, parts);
    if (found === undefined) throw new Error(`"${text}" not defined`);
    return found;
  }

  private textOf(value: unknown, expression: Expression): string {
    const last = expression.kind === 'path' ? expression.parts.at(-1) : undefined;
    const text = last !== undefined && LINKS.has(last) && value !== null ? webAddress(value) : plain(value);
    if (!this.filling.escapes) return text;
    // A value at its beginning says where an attribute leads to, so it must be a web address as well.
    return this.html.lead === 'open' && !WEB_ADDRESS.test(text) ? '' : escapedHtml(text);
  }

  private put(text: string): void {
    this.length += text.length;
    if (this.length > MOST_OUTPUT) throw new Error(`it is longer than ${MOST_OUTPUT} characters`);
    this.written.push(text);
    if (this.filling.escapes) this.html.read(text);
  }

  private step(): void {
    this.steps += 1;
    if (this.steps > MOST_STEPS) throw new Error('it takes too many steps');
  }
}

/** On one line: no value can bring a paragraph, or a header, of its own. */
function plain(value: unknown): string {
  if (value === null) return '';
  if (typeof value === 'string') return value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error('a list or a record cannot be written as it is: name one of its members');
}

function webAddress(value: unknown): string {
  if (typeof value !== 'string' || !WEB_ADDRESS.test(value)) throw new Error(`${JSON.stringify(value)} is no web address`);
  return value;
}
