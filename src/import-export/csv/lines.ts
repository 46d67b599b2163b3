const [NEWLINE, RETURN, QUOTE] = [0x0a, 0x0d, 0x22];

/** A line without its end, and where the next one begins. */
export interface Line {
  readonly text: string;
  readonly end: number;
}

export const hasQuote = (bytes: Buffer): boolean => bytes.includes(QUOTE);

/** Looks for line ends outside of quotes in a text that grows, at each of its bytes once: a record may be long, and all of it quotes. */
export class LineEnds {
  private quoted = false;
  private seen = 0;

  /** The byte behind the last of them; 0 when there is none. Next time the text is to begin there. */
  last(bytes: Buffer): number {
    let end = 0;
    let at = this.seen;
    for (; ; this.quoted = !this.quoted) {
      const quote = bytes.indexOf(QUOTE, at);
      if (!this.quoted) end = lastLineEnd(bytes, at, quote < 0 ? bytes.length : quote) ?? end;
      if (quote < 0) break;
      at = quote + 1;
    }
    const waits = !this.quoted && bytes.length > end && bytes.at(-1) === RETURN;
    this.seen = bytes.length - end - (waits ? 1 : 0);
    return end;
  }
}

function lastLineEnd(bytes: Buffer, from: number, to: number): number | undefined {
  if (from === to) return undefined;
  const part = bytes.subarray(from, to);
  // A return that is the last byte there is may be the first half of a line end.
  const last = Math.max(part.lastIndexOf(NEWLINE), part.lastIndexOf(RETURN, to === bytes.length ? -2 : -1));
  return last < 0 ? undefined : from + last + 1;
}

/** The lines of a text without quotes, the empty ones left out; `undefined` when a return alone ends any of them. */
export function linesOf(bytes: Buffer): Line[] | undefined {
  const returns = bytes.includes(RETURN);
  const lines: Line[] = [];
  for (let at = 0; at < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, at);
    const end = newline < 0 ? bytes.length : newline;
    let text = bytes.toString('utf8', at, end);
    if (returns) {
      if (newline >= 0 && text.endsWith('\r')) text = text.slice(0, -1);
      if (text.includes('\r')) return undefined;
    }
    at = newline < 0 ? bytes.length : newline + 1;
    if (text !== '') lines.push({ text, end: at });
  }
  return lines;
}
