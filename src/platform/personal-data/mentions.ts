import { escapedHtml } from '../html/index.js';
import { type DataSubject, ERASED } from './personal-data.js';

type Subject = Pick<DataSubject, 'emails' | 'names' | 'hasNamesake' | 'values' | 'pseudonym'>;

/** Characters of a value that are enough to look for it among other words. */
const TELLING = 4;

/** What stands between names in a text, or in the name of a file. */
const BETWEEN = '[\\s,._-]+';

const NEVER = /(?!)/u;

/** Finds somebody in texts about others: by his email addresses, and by his first and last name where nobody else has the same. */
export class Mentions {
  private readonly addresses: RegExp;
  private readonly fullNames: RegExp;
  private readonly anyWord: RegExp;

  constructor(private readonly subject: Subject) {
    const { emails, names, values } = subject;
    const { first, middle, last } = names;
    // Another local part or domain that only contains his is somebody else's.
    this.addresses = any(emails, (words) => `(?<![\\p{L}\\p{N}._%+-])(?:${words})(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])`);
    const optional = middle.length > 0 ? `(?:(?:${either(middle)})${BETWEEN})?` : '';
    const firsts = either(first);
    this.fullNames = any(last, (words) => `(?:${firsts})${BETWEEN}${optional}(?:${words})|(?:${words})${BETWEEN}(?:${firsts})`, wholeWords);
    this.anyWord = any([...first, ...middle, ...last, ...values.filter(({ length }) => length >= TELLING)], (words) => words, wholeWords);
  }

  /** Whether a text tells of him for sure. */
  isIn(text: string): boolean {
    return text.search(this.addresses) >= 0 || (!this.subject.hasNamesake && text.search(this.fullNames) >= 0);
  }

  /** Whether a name is his first and last one, in any that he ever had, and nothing more. */
  isName(text: string): boolean {
    const { first, last } = this.subject.names;
    return first.some((name) => text.startsWith(`${name} `) && last.includes(text.slice(name.length + 1)));
  }

  /** A text that tells of him, with his pseudonym in place of his name and address, and no other word that was ever known of him. */
  without(text: string): string {
    const { name, email } = this.subject.pseudonym;
    return text
      .replace(this.addresses, () => email)
      .replace(this.fullNames, () => name)
      .replace(this.anyWord, () => ERASED);
  }
}

const wholeWords = (pattern: string): string => `(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`;

/** As texts, HTML and addresses have them; longer ones first, so that none is taken for the beginning of another. */
const either = (words: readonly string[]): string =>
  [...new Set(words.flatMap((word) => [word, escapedHtml(word), encodeURIComponent(word.toWellFormed())]))]
    .toSorted((one, other) => other.length - one.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|');

function any(words: readonly string[], pattern: (either: string) => string, bounded = (text: string) => text): RegExp {
  const told = words.filter((word) => word !== '');
  return told.length === 0 ? NEVER : new RegExp(bounded(pattern(either(told))), 'giu');
}
