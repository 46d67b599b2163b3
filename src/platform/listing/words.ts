/** In characters; of longer words, this much of their beginning is kept and looked for. */
const LONGEST_WORD = 40;
/** More words of one row, or of one search, are left out. */
const MOST_WORDS = 40;

/** Letters that Unicode does not take apart, but people do. */
const FOLDED: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };

/**
 * The words of texts as searches compare them, each once: in lower case, without accents, split at whatever is neither letter nor digit.
 * `Zoë O'Hara` and `zoe.o-hara` have the same.
 */
export function wordsOf(...texts: readonly (string | null)[]): string[] {
  const folded = texts
    .filter((text) => text !== null)
    .join(' ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđı]/g, (letter) => FOLDED[letter] ?? letter);
  const words = folded.split(/[^\p{L}\p{N}]+/u).map((word) => [...word].slice(0, LONGEST_WORD).join(''));
  return [...new Set(words.filter((word) => word !== ''))].slice(0, MOST_WORDS);
}

/** The words as the column of a row has them, so that ` ann` finds one that begins with "ann". */
export const joinWords = (words: readonly string[]): string => ` ${words.join(' ')} `;
