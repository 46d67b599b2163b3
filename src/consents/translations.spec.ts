import { InvalidInput } from '../platform/errors/index.js';
import { pickTranslation, readTranslations, type Wording } from './translations.js';

function faultsOf(wording: Wording, kind?: 'link') {
  try {
    readTranslations(wording, { kind });
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults.map(({ pointer, code }) => `${pointer} ${code}`);
  }
  return [];
}

describe('What a consent says', () => {
  it('takes name and text alone for the default', () => {
    expect(readTranslations({ name: 'Terms', text: 'Be kind.' })).toEqual([{ localizationId: null, name: 'Terms', text: 'Be kind.' }]);
  });

  it('keeps the name before for a text alone', () => {
    expect(readTranslations({ text: 'Be kinder.' }, { nameBefore: 'Terms' })).toEqual([
      { localizationId: null, name: 'Terms', text: 'Be kinder.' },
    ]);
  });

  it('puts the default first, also when its localizationId is left out', () => {
    const german = { localizationId: 4, name: 'Bedingungen', text: 'Sei nett.' };
    expect(readTranslations({ translations: [german, { name: 'Terms', text: 'Be kind.' }] })).toEqual([
      { localizationId: null, name: 'Terms', text: 'Be kind.' },
      german,
    ]);
  });

  it.each<[string, Wording, string]>([
    ['nothing', {}, '/name required'],
    ['a name without a text', { name: 'Terms' }, '/text required'],
    ['no default', { translations: [{ localizationId: 4, name: 'a', text: 'b' }] }, '/translations consents.default_translation_missing'],
    ['both ways at once', { name: 'Terms', translations: [{ name: 'a', text: 'b' }] }, '/name consents.wording_twice'],
    [
      'a language twice',
      { translations: [1, 2, 1].map((localizationId) => ({ localizationId, name: 'a', text: 'b' })) },
      '/translations/2/localizationId repeated',
    ],
    [
      'two defaults',
      { translations: [null, null].map((localizationId) => ({ localizationId, name: 'a', text: 'b' })) },
      '/translations/1/localizationId repeated',
    ],
  ])('refuses %s', (_what, wording, fault) => {
    expect(faultsOf(wording)).toEqual([fault]);
  });

  it('is, where it is a link, the address of a page in every language', () => {
    const page = { name: 'Terms', text: 'https://shop.example/terms#2' };
    expect(readTranslations(page, { kind: 'link' })).toEqual([{ localizationId: null, ...page }]);
    const others = ['javascript:alert(1)', 'shop.example/terms', 'https://', 'https://a b'];
    const translations = [page, ...others.map((text, localizationId) => ({ localizationId, name: 'Terms', text }))];
    expect(faultsOf({ translations }, 'link')).toEqual(others.map((_text, i) => `/translations/${i + 1}/text consents.link_malformed`));
    expect(faultsOf({ name: 'Terms', text: 'Be kind.' }, 'link')).toEqual(['/text consents.link_malformed']);
  });

  it('is read in the first language that it has, else in the default', () => {
    const translations = [null, 4, 5].map((localizationId) => ({ localizationId }));
    expect(pickTranslation(translations, [9, 5, 4])).toEqual({ localizationId: 5 });
    expect(pickTranslation(translations, [9])).toEqual({ localizationId: null });
    expect(pickTranslation(translations, [])).toEqual({ localizationId: null });
  });
});
