/** How a CSV file is written. */
export interface Dialect {
  readonly delimiter: string;
  /** A quote inside a cell that is not quoted stands for itself; without this it fails the file. */
  readonly looseQuotes: boolean;
}

const DELIMITERS = [',', ';', '\t', '|'];

/** What Excel reads before the header: a line that names the delimiter. */
const SAID = /^sep=([,;\t|])(?:\r\n|\n|\r)/i;

/** Characters, and as many bytes, of a line that names the delimiter and belongs to no row; 0 where the file begins with its header. */
export const delimiterLine = (head: string): number => SAID.exec(head)?.[0].length ?? 0;

/** Tells the delimiter by the line that names it, or by the header: the one that it has most of, outside of quotes. */
export function detectDialect(head: string): Dialect {
  const said = SAID.exec(head)?.[1];
  if (said !== undefined) return { delimiter: said, looseQuotes: false };
  const counts = new Map(DELIMITERS.map((delimiter) => [delimiter, 0]));
  let quoted = false;
  for (const character of head.trimStart()) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) break;
    else if (!quoted && counts.has(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const [delimiter = ','] = DELIMITERS.toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  return { delimiter, looseQuotes: false };
}
