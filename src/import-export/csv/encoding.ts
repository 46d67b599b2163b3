import { isAscii, isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { FileUnreadable } from './file-unreadable.js';
import { SAMPLE, type WideEncoding, wideEncodingOf } from './wide-encoding.js';

export type EncodingName = 'utf-8' | WideEncoding | 'windows-1252';

export interface Encoding {
  readonly name: EncodingName;
  /** Bytes of the byte order mark. */
  readonly bom: number;
}

const BOMS: readonly { name: EncodingName; bytes: Buffer }[] = [
  { name: 'utf-8', bytes: Buffer.from([0xef, 0xbb, 0xbf]) },
  { name: 'utf-16le', bytes: Buffer.from([0xff, 0xfe]) },
  { name: 'utf-16be', bytes: Buffer.from([0xfe, 0xff]) },
];

/** Of so many characters of a Latin-1 file two may look like one of UTF-8 by chance: a capital letter before a quotation mark, `ß` before a dash. */
const LATIN_1_PER_UTF_8 = 50;

const notText = () =>
  new FileUnreadable('not_text', 'The file is not a text file: it has NUL bytes. Save it as CSV, in UTF-8 if there is a choice.');

/**
 * Tells the encoding of a file, all of which is read: by its byte order mark, by what UTF-16 looks like, as UTF-8 when all of it is valid,
 * else as Latin-1 (Windows-1252) when hardly any of it could be UTF-8. Throws {@link FileUnreadable} for an empty file, for NUL bytes, and
 * for a mixture of both, which as Latin-1 would be garbage that nobody notices.
 */
export async function detectEncoding(file: Readable): Promise<Encoding> {
  let head: Buffer | undefined;
  let bom = 0;
  const evidence = new Evidence();
  for await (const chunk of atLeast(file as AsyncIterable<Buffer>, SAMPLE)) {
    if (!head) {
      head = chunk;
      const marked = BOMS.find(({ bytes }) => chunk.subarray(0, bytes.length).equals(bytes));
      const name = marked?.name ?? wideEncodingOf(chunk);
      if (name && name !== 'utf-8') {
        file.destroy();
        return { name, bom: marked?.bytes.length ?? 0 };
      }
      bom = marked?.bytes.length ?? 0;
    }
    if (chunk.includes(0)) {
      file.destroy();
      throw notText();
    }
    evidence.add(chunk);
  }
  if (!head || head.length === bom) throw new FileUnreadable('file_empty', 'The file is empty.');
  evidence.end();
  if (evidence.broken === 0) return { name: 'utf-8', bom };
  if (bom > 0 || evidence.whole * LATIN_1_PER_UTF_8 > evidence.broken)
    throw new FileUnreadable(
      'encoding',
      `The file is UTF-8 in part, and has a character in line ${evidence.line} that is not. Save all of it as UTF-8.`,
    );
  return { name: 'windows-1252', bom: 0 };
}

/** The file as UTF-8 without a byte order mark. */
export async function* toUtf8(file: AsyncIterable<Buffer>, { name }: Encoding): AsyncGenerator<Buffer> {
  // The decoder takes the byte order mark away by itself.
  const decoder = new TextDecoder(name, { fatal: true });
  const decode = (chunk?: Buffer): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw new FileUnreadable('encoding', `The file is not valid ${name.toUpperCase()}. Save it as UTF-8.`);
    }
  };
  for await (const chunk of file) {
    const text = decode(chunk);
    if (text.includes('\0')) throw notText();
    yield Buffer.from(text);
  }
  yield Buffer.from(decode());
}

/** How many characters of a file are well-formed UTF-8 beyond ASCII, how many bytes are not, and where the first of these stands. */
class Evidence {
  whole = 0;
  broken = 0;
  line = 1;
  private rest = Buffer.alloc(0);

  add(chunk: Buffer): void {
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    const end = bytes.length - unfinished(bytes);
    this.rest = Buffer.from(bytes.subarray(end));
    this.count(bytes.subarray(0, end));
  }

  end(): void {
    this.count(this.rest);
  }

  private count(bytes: Buffer): void {
    if (!isAscii(bytes)) {
      if (isUtf8(bytes)) this.whole += charactersIn(bytes);
      else this.countMixed(bytes);
    }
    if (this.broken === 0) this.line += newlinesIn(bytes);
  }

  private countMixed(bytes: Buffer): void {
    const text = bytes.toString('utf8');
    for (const { 0: character, index } of text.matchAll(/[^\0-\x7f]/gu)) {
      if (character !== '\ufffd') this.whole++;
      else if (this.broken++ === 0) this.line += newlinesIn(text.slice(0, index));
    }
  }
}

/** Beyond ASCII, in what is valid UTF-8: as many as there are first bytes of several. */
function charactersIn(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (byte >= 0xc0) count++;
  return count;
}

function newlinesIn(text: string | Buffer): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** Bytes at the end that begin a character whose other bytes have not come yet. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

/** The same chunks, the first of them with at least `size` bytes where the file has as many. */
async function* atLeast(chunks: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  let first: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (!first) yield chunk;
    else {
      first = Buffer.concat([first, chunk]);
      if (first.length >= size) {
        yield first;
        first = undefined;
      }
    }
  }
  if (first && first.length > 0) yield first;
}
