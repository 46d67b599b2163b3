import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TemplateName } from './template-contexts.js';

/** The three texts of a mail, in Handlebars. */
export interface Template {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const folder = join(import.meta.dirname, 'templates');
const read = (file: string) => readFileSync(join(folder, `${file}.hbs`), 'utf8');
const kept = new Map<TemplateName, Template>();

/** What every html text is set in: `{{#> layout title= preview= footer= button= href=}}`. */
export const htmlLayout = (): string => read('layout.html');

/** The template that ships with the product. */
export function defaultTemplate(name: TemplateName): Template {
  const found = kept.get(name) ?? { subject: read(`${name}.subject`), text: read(`${name}.text`), html: read(`${name}.html`) };
  kept.set(name, found);
  return found;
}
