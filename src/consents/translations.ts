import { InvalidInput } from '../platform/errors/index.js';
import { sha256 } from '../platform/secrets/index.js';
import type { ConsentKind } from './consent.entity.js';

const NO_ADDRESS = 'The text of a consent that is a link is the address of a page, such as https://shop.example/terms.';

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

const isPage = (text: string): boolean => /^https?:\/\/[^\s\p{Cc}\\]+$/iu.test(text) && URL.canParse(text);

interface Reading {
  kind?: ConsentKind;
  /** What a text alone goes by. */
  nameBefore?: string;
}

/** The translations that are written, the default first. Throws `InvalidInput`. */
export function readTranslations(wording: Wording, { kind = 'text', nameBefore }: Reading = {}): Translation[] {
  const read = readWording(wording, nameBefore);
  const { text, translations = [] } = wording;
  const texts = [
    ...(text === undefined ? [] : [{ pointer: '/text', text }]),
    ...translations.map(({ text: one }, i) => ({ pointer: `/translations/${i}/text`, text: one })),
  ];
  const broken = kind === 'link' ? texts.filter(({ text: address }) => !isPage(address)) : [];
  if (broken.length > 0)
    throw new InvalidInput(broken.map(({ pointer }) => ({ pointer, code: 'consents.link_malformed', detail: NO_ADDRESS })));
  return read;
}

function readWording({ name, text, translations }: Wording, nameBefore: string | undefined): Translation[] {
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
