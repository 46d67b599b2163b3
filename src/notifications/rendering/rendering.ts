import { htmlLayout, type Template } from '../email-templates/default-templates.js';
import { Evaluation } from './evaluation.js';
import { parse } from './parser.js';
import { placed, TemplateFault, type TemplateNode } from './syntax.js';

export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** BCP 47: how each text writes numbers and dates. */
export type Languages = Readonly<Record<keyof Template, string>>;

/** A mail cannot be rendered: its template names what its context does not have, or a link is none. No other try will differ. */
export class RenderingFailed extends Error {
  constructor(cause: unknown) {
    super(`The mail cannot be rendered: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'RenderingFailed';
  }
}

const MAX_SUBJECT = 998;
const ENGLISH: Languages = { subject: 'en', text: 'en', html: 'en' };
const MOST_KEPT = 200;
const kept = new Map<string, readonly TemplateNode[]>();

/**
 * Fills a template; the same input always gives the same mail. Values are escaped in html, and are of one line everywhere: a name
 * cannot bring a paragraph, a tag or a header of its own. Throws {@link RenderingFailed}.
 */
export function render(template: Template, context: object, languages: Languages = ENGLISH): RenderedMail {
  const [subject, text, html] = (['subject', 'text', 'html'] as const).map((field) =>
    renderPart(field, template[field], context, languages[field]),
  );
  return { subject: (subject ?? '').trim().slice(0, MAX_SUBJECT), text: text ?? '', html: html ?? '' };
}

/** The same for one text. */
export function renderPart(field: keyof Template, source: string, context: object, language: string): string {
  try {
    const filling = { escapes: field === 'html', language, layout: parsed(htmlLayout()) };
    return new Evaluation(filling).fill(parsed(source), context);
  } catch (error) {
    throw new RenderingFailed(error);
  }
}

/** Reading a template costs more than filling it; most mails share a few. */
function parsed(source: string): readonly TemplateNode[] {
  const known = kept.get(source);
  if (known) return known;
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  const nodes = read(source);
  kept.set(source, nodes);
  return nodes;
}

function read(source: string): readonly TemplateNode[] {
  try {
    return parse(source);
  } catch (error) {
    throw error instanceof TemplateFault ? new Error(placed(source, error)) : error;
  }
}
