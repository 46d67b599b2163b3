/** In characters; of longer words, this much of their beginning is kept and looked for. */
const LONGEST_WORD = 40;
/** More words of one row, or of one search, are left out. */
const MOST_WORDS = 40;

/** Nothing to be folded but upper case. */
const PLAIN = /^[\x20-\x7e]*$/;
/** Letters that Unicode does not take apart, but people do. */
const FOLDED: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };

/**
 * The words of texts as searches compare them, each once: in lower case, without accents, split at whatever is neither letter nor digit.
 * `Zoë O'Hara` and `zoe.o-hara` have the same.
 */
export function wordsOf(...texts: readonly (string | null)[]): string[] {
  const text = texts.filter((one) => one !== null).join(' ');
  if (PLAIN.test(text)) return distinct(text.toLowerCase().split(/[^a-z0-9]+/));
  const folded = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđı]/g, (letter) => FOLDED[letter] ?? letter);
  return distinct(folded.split(/[^\p{L}\p{N}]+/u));
}

function distinct(words: readonly string[]): string[] {
  const cut = words.map((word) => (word.length > LONGEST_WORD ? [...word].slice(0, LONGEST_WORD).join('') : word));
  return [...new Set(cut.filter((word) => word !== ''))].slice(0, MOST_WORDS);
}

/** The words as the column of a row has them, so that ` ann` finds one that begins with "ann". */
export const joinWords = (words: readonly string[]): string => ` ${words.join(' ')} `;
