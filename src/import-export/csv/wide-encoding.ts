export type WideEncoding = 'utf-16le' | 'utf-16be';

/** Bytes of a file's beginning by which UTF-16 without a mark is told. */
export const SAMPLE = 4_096;

/** Of so many bytes of Western text about every other one is NUL. */
const WESTERN = 1_024;

/** One of so many characters is ASCII in any sheet: line ends, delimiters, the names of columns. */
const PER_ASCII = 20;

/** What no text has: controls, NUL among them, and what is no character. */
const NO_TEXT = /[^\P{Cc}\t\n\r]|\p{Cn}/u;

/** UTF-16 without a mark: Western text by its many NULs, any other by its lines, of which the other order of bytes would make none. */
export function wideEncodingOf(head: Buffer): WideEncoding | undefined {
  return westernOf(head.subarray(0, WESTERN)) ?? sheetOf(head.subarray(0, SAMPLE));
}

function westernOf(sample: Buffer): WideEncoding | undefined {
  const nuls = [0, 0];
  sample.forEach((byte, i) => {
    if (byte === 0) nuls[i % 2] = (nuls[i % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = nuls;
  const many = sample.length / 5;
  if (odd > many && odd > 10 * even) return 'utf-16le';
  return even > many && even > 10 * odd ? 'utf-16be' : undefined;
}

function sheetOf(sample: Buffer): WideEncoding | undefined {
  if (!sample.includes(0)) return undefined;
  const [little, big] = [asciiOf(sample, 'utf-16le'), asciiOf(sample, 'utf-16be')];
  if (little === big) return undefined;
  return little > big ? 'utf-16le' : 'utf-16be';
}

/** The number of ASCII characters, where the bytes make sense as lines of this encoding; else 0. */
function asciiOf(sample: Buffer, name: WideEncoding): number {
  try {
    // A character that the sample cuts off is left out.
    const text = new TextDecoder(name, { fatal: true }).decode(sample, { stream: true });
    const ascii = text.match(/[\t-~]/g)?.length ?? 0;
    return /[\n\r]/.test(text) && ascii * PER_ASCII >= text.length && !NO_TEXT.test(text) ? ascii : 0;
  } catch {
    return 0;
  }
}
