import { isDeepStrictEqual } from 'node:util';
import type { Template } from './default-templates.js';
import type { Languages } from '../rendering/rendering.js';

export const FIELDS = ['subject', 'html', 'text'] as const satisfies readonly (keyof Template)[];
export type Field = (typeof FIELDS)[number];

/** What a template says in one language, `null` in the default one; a text that is `null` is that of the next language. */
export interface Wording {
  readonly localizationId: number | null;
  readonly subject: string | null;
  readonly html: string | null;
  readonly text: string | null;
}

/** A language on the way from a reader's own to the default. */
export interface Language {
  readonly id: number;
  readonly languageCode: string;
}

/** The texts that a reader gets, and where each comes from. */
export interface Chosen {
  readonly template: Template;
  readonly languages: Languages;
  /** The localization of each text, `null` for the default. */
  readonly sources: Readonly<Record<Field, number | null>>;
}

/** English, as the files are. */
const DEFAULT_LANGUAGE = 'en';

/**
 * Each text on its own, in the first language of `lineage` that has it, else the default one's, else that of the files. `undefined` where
 * a text is nowhere.
 */
export function choose(wordings: readonly Wording[], lineage: readonly Language[], shipped: Template | undefined): Chosen | undefined {
  const languages = [...lineage, undefined];
  const pick = (field: Field) => {
    for (const language of languages) {
      const text = wordings.find(({ localizationId }) => localizationId === (language?.id ?? null))?.[field];
      if (text != null) return { text, language: language?.languageCode ?? DEFAULT_LANGUAGE, source: language?.id ?? null };
    }
    return shipped && { text: shipped[field], language: DEFAULT_LANGUAGE, source: null };
  };
  const [subject, html, text] = [pick('subject'), pick('html'), pick('text')];
  if (!subject || !html || !text) return undefined;
  return {
    template: { subject: subject.text, html: html.text, text: text.text },
    languages: { subject: subject.language, html: html.language, text: text.language },
    sources: { subject: subject.source, html: html.source, text: text.source },
  };
}

/** As they are kept: without what says the same as the files, and without what says nothing. The default comes first. */
export function keptOf(wordings: readonly Wording[], shipped: Template | undefined): Wording[] {
  return wordings
    .map((wording) => (wording.localizationId === null && shipped ? withoutShipped(wording, shipped) : wording))
    .filter((wording) => FIELDS.some((field) => wording[field] !== null))
    .toSorted((one, other) => (one.localizationId ?? 0) - (other.localizationId ?? 0));
}

function withoutShipped(wording: Wording, shipped: Template): Wording {
  const fields = FIELDS.map((field) => [field, wording[field] === shipped[field] ? null : wording[field]] as const);
  return { ...wording, ...(Object.fromEntries(fields) as Pick<Wording, Field>) };
}

/** As clients see them: the default whole, with the texts of the files where it has none. */
export function shownOf(wordings: readonly Wording[], shipped: Template | undefined): Wording[] {
  const byDefault = wordings.find(({ localizationId }) => localizationId === null);
  const whole = FIELDS.map((field) => [field, byDefault?.[field] ?? shipped?.[field] ?? null] as const);
  const first: Wording = { localizationId: null, ...(Object.fromEntries(whole) as Pick<Wording, Field>) };
  return [first, ...wordings.filter(({ localizationId }) => localizationId !== null)];
}

export const sameWordings = (one: readonly Wording[], other: readonly Wording[]): boolean => isDeepStrictEqual(one, other);
