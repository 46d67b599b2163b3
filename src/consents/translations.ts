import { InvalidInput } from '../platform/errors/index.js';
import { sha256 } from '../platform/secrets/index.js';

/** What a consent says in one language; `null` stands for the default. */
export interface Translation {
  localizationId: number | null;
  name: string;
  text: string;
}

/** The two ways of writing what a consent says. */
export interface Wording {
  name?: string;
  text?: string;
  translations?: readonly { localizationId?: number | null; name: string; text: string }[];
}

/** The translations that are written, the default first. `nameBefore` is what a text alone goes by. Throws `InvalidInput`. */
export function readTranslations({ name, text, translations }: Wording, nameBefore?: string): Translation[] {
  if (!translations) {
    const [plainName, plainText] = [name ?? nameBefore, text];
    if (plainName === undefined) throw refusal('/name', 'required', 'name is required where there are no translations.');
    if (plainText === undefined) throw refusal('/text', 'required', 'text is required where there are no translations.');
    return [{ localizationId: null, name: plainName, text: plainText }];
  }
  if (name !== undefined || text !== undefined) {
    const detail = 'name and text stand for the default translation: send them or translations, not both.';
    throw refusal(name === undefined ? '/text' : '/name', 'consents.wording_twice', detail);
  }
  const read = translations.map((translation) => ({ ...translation, localizationId: translation.localizationId ?? null }));
  read.forEach(({ localizationId }, i) => {
    if (read.findIndex((other) => other.localizationId === localizationId) < i)
      throw refusal(`/translations/${i}/localizationId`, 'repeated', 'There is one translation for each localization.');
  });
  const byDefault = read.find(({ localizationId }) => localizationId === null);
  if (!byDefault) {
    const detail = 'One translation must be the default, with localizationId null.';
    throw refusal('/translations', 'consents.default_translation_missing', detail);
  }
  return [byDefault, ...read.filter((translation) => translation !== byDefault)];
}

/** What proves later which text it was: SHA-256 of it in UTF-8, hexadecimal. */
export const hashOfText = (text: string): string => sha256(text);

/** The translation for the first of `localizationIds` that has one, else the default. */
export function pickTranslation<T extends { localizationId: number | null }>(
  translations: readonly T[],
  localizationIds: readonly number[],
): T {
  const wanted = [...localizationIds, null].map((id) => translations.find(({ localizationId }) => localizationId === id));
  const found = wanted.find((translation) => translation !== undefined);
  if (!found) throw new Error('A version of a consent is without a default translation.');
  return found;
}

const refusal = (pointer: string, code: string, detail: string) => new InvalidInput([{ pointer, code, detail }]);
