import Handlebars from 'handlebars';
import { htmlLayout, type Template } from './default-templates.js';

export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A mail cannot be rendered: its template names what its context does not have, or a link is none. No other try will differ. */
export class RenderingFailed extends Error {
  constructor(cause: unknown) {
    super(`The mail cannot be rendered: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'RenderingFailed';
  }
}

const MAX_SUBJECT = 998;
const numbers = new Intl.NumberFormat('en-GB');
const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

const engine = Handlebars.create();
engine.registerPartial('layout', htmlLayout());
engine.registerHelper({
  number: (value: number) => numbers.format(given(value)),
  plural: (value: number, one: string, many: string) => `${numbers.format(given(value))} ${value === 1 ? one : many}`,
  moment: (value: string) => `${moments.format(new Date(given(value)))} UTC`,
  sentence: (...words: unknown[]) => words.slice(0, -1).map(given).join(' '),
  if: conditional((value) => Boolean(value)),
  unless: conditional((value) => !value),
  either: (value: unknown, some: string, none: string) => (given(value) ? some : none),
  /** Whether the layout was given a part that a mail may leave out. */
  hasPart: (value: unknown) => value !== undefined,
});

// Handlebars' strict mode looks at what is written out, not at what helpers are handed.
function given<T>(value: T): T {
  if (value === undefined) throw new Error('a value that a helper is handed is not defined');
  return value;
}

function conditional(holds: (value: unknown) => boolean) {
  return function (this: unknown, value: unknown, { fn, inverse }: Handlebars.HelperOptions): string {
    return holds(given(value)) ? fn(this) : inverse(this);
  };
}

/**
 * Fills a template; the same input always gives the same mail. Values are escaped in html, and are of one line everywhere: a name
 * cannot bring a paragraph, a tag or a header of its own. Throws {@link RenderingFailed}.
 */
export function render(template: Template, context: object): RenderedMail {
  try {
    const values = Object.fromEntries(
      Object.entries(context).map(([name, value]) => [name, name === 'link' ? webAddress(value) : onOneLine(value)]),
    );
    return {
      subject: fill(template.subject, values, false).trim().slice(0, MAX_SUBJECT),
      text: fill(template.text, values, false),
      html: fill(template.html, values, true),
    };
  } catch (error) {
    throw new RenderingFailed(error);
  }
}

function fill(source: string, values: object, escape: boolean): string {
  return engine.compile(source, { strict: true, noEscape: !escape })(values);
}

function onOneLine(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ') : value;
}

function webAddress(value: unknown): string {
  if (typeof value !== 'string' || !/^https?:\/\/[^\s\p{Cc}]+$/u.test(value)) throw new Error(`${JSON.stringify(value)} is no web address`);
  return value;
}
