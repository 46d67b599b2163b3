import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TemplateName } from './template-contexts.js';
import { isTemplateName } from './template-samples.js';

/** The three texts of a mail, in the subset of Handlebars that `rendering` knows. */
export interface Template {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const folder = join(import.meta.dirname, 'shipped');
const read = (file: string) => readFileSync(join(folder, `${file}.hbs`), 'utf8');
const kept = new Map<TemplateName, Template>();

let layout: string | undefined;

/** What html texts are set in: `{{#> layout title= preview= footer= button= href= hint=}}`. */
export const htmlLayout = (): string => (layout ??= read('layout.html'));

/** The template that ships with the product. */
export function defaultTemplate(name: TemplateName): Template {
  const found = kept.get(name) ?? { subject: read(`${name}.subject`).trim(), text: read(`${name}.text`), html: read(`${name}.html`) };
  kept.set(name, found);
  return found;
}

/** The same for any name; `undefined` where none ships under it. */
export const shippedTemplate = (name: string): Template | undefined => (isTemplateName(name) ? defaultTemplate(name) : undefined);
