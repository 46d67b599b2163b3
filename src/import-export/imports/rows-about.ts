import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { FileStore } from '../../platform/files/index.js';
import { FileUnreadable, original } from '../csv/index.js';
import type { Import } from './import.entity.js';
import { ImportPreparation } from './import-preparation.js';
import { Profiles } from '../profiles.js';
import type { Sheet } from './sheet.js';

/** Whom rows of files are looked for by. */
export interface Sought {
  readonly customerUserId: number;
  readonly emails: readonly string[];
  /** Every first and last name that he ever had, where rows are his that name him by these alone. */
  readonly names?: { readonly first: readonly string[]; readonly last: readonly string[] };
  /** Whatever else a cell may name him by. */
  readonly identifiers?: readonly string[];
}

/** Both names of somebody, in any of their forms and in either order, in lower case. */
export const fullNamesOf = ({ names }: Sought): string[] =>
  (names?.first ?? []).flatMap((first) =>
    (names?.last ?? []).flatMap((last) => [`${first} ${last}`.toLowerCase(), `${last} ${first}`.toLowerCase()]),
  );

/** A row of an uploaded file, by the file's own headers. */
export interface FoundRow {
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** Rows between two pauses for what else this process has to do. */
const PAUSE = 2_000;

/** Finds the rows of uploaded files that are about somebody: those with his email address, both his names, or an identifier of his in any cells, or with his id where theirs is. */
@Injectable()
export class RowsAbout {
  constructor(
    private readonly files: FileStore,
    private readonly profiles: Profiles,
    private readonly preparation: ImportPreparation,
  ) {}

  /** Nothing in a file that cannot be read as a sheet: see {@link mentions}. Throws `FileMissing`. */
  async *in(run: Import, sought: Sought): AsyncGenerator<FoundRow> {
    const sheet = await this.open(run);
    if (!sheet) return;
    const { headers, columns } = sheet.header;
    const { personMember } = this.profiles.findImport(run.entity) ?? {};
    const ids = columns.filter(({ column }) => column.member === personMember).map(({ index }) => index);
    const isNamed = namingOf(sought);
    for await (const { row, cells } of sheet.rows(sheet.start)) {
      if (row % PAUSE === 0) await setImmediate();
      const texts = cells.map((cell) => original(cell).trim());
      if (isNamed(texts) || ids.some((index) => texts[index] === String(sought.customerUserId)))
        yield { row, cells: Object.fromEntries(headers.map((header, index) => [header, texts[index] ?? ''])) };
    }
  }

  /** Whether an email address of his, or both his names side by side, stand anywhere in the file, readable or not. Throws `FileMissing`. */
  async mentions({ fileKey, contentKey }: Import, sought: Sought): Promise<boolean> {
    // Bytes as characters: the one comparison that no wrong encoding stops.
    const wanted = [...sought.emails, ...fullNamesOf(sought)].map((text) => lowered(Buffer.from(text)));
    const longest = Math.max(0, ...wanted.map(({ length }) => length));
    const whole = wholeWords(wanted);
    let tail = '';
    for await (const chunk of (await this.files.read(contentKey ?? fileKey)) as AsyncIterable<Buffer>) {
      const text = tail + lowered(chunk);
      if (whole.test(text)) return true;
      // With the character before what may go on in the next part.
      tail = text.slice(-longest - 1);
    }
    return false;
  }

  private async open(run: Import): Promise<Sheet | undefined> {
    const profile = this.profiles.findImport(run.entity);
    if (!profile) return undefined;
    try {
      return await this.preparation.reopen(run, profile);
    } catch (error) {
      if (error instanceof FileUnreadable) return undefined;
      throw error;
    }
  }
}

/** Tells whether the cells of a row name somebody. */
function namingOf(sought: Sought): (texts: readonly string[]) => boolean {
  const { emails, names, identifiers = [] } = sought;
  const lower = (words: readonly string[] = []) => words.map((word) => word.toLowerCase());
  const whole = [...lower([...emails, ...identifiers]), ...fullNamesOf(sought)];
  const [first, last] = [lower(names?.first), lower(names?.last)];
  return (texts) => {
    const cells = new Set(lower(texts));
    const has = (words: readonly string[]) => words.some((word) => cells.has(word));
    return has(whole) || (has(first) && has(last));
  };
}

/** Names that only contain his are of others. What is beyond ASCII may be of any encoding, and bounds a word. */
function wholeWords(words: readonly string[]): RegExp {
  const either = words.map((word) =>
    word.replace(/[^a-z0-9]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`),
  );
  return words.length === 0 ? /(?!)/ : new RegExp(`(?<![a-z0-9])(?:${either.join('|')})(?![a-z0-9])`);
}

const lowered = (bytes: Buffer): string => bytes.toString('latin1').toLowerCase();
