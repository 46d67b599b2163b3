import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { FileStore } from '../platform/files/index.js';
import { FileUnreadable, original } from './csv/index.js';
import type { Import } from './import.entity.js';
import { ImportPreparation } from './import-preparation.js';
import { Profiles } from './profiles.js';
import type { Sheet } from './sheet.js';

/** Whom rows of files are looked for by. */
export interface Sought {
  readonly customerUserId: number;
  readonly email: string;
}

/** A row of an uploaded file, by the file's own headers. */
export interface FoundRow {
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** Rows between two pauses for what else this process has to do. */
const PAUSE = 2_000;

/** Finds the rows of uploaded files that are about somebody: those with his email address in any cell, or with his id where theirs is. */
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
    for await (const { row, cells } of sheet.rows(sheet.start)) {
      if (row % PAUSE === 0) await setImmediate();
      const texts = cells.map((cell) => original(cell).trim());
      const named = texts.some((text) => text.toLowerCase() === sought.email.toLowerCase());
      if (named || ids.some((index) => texts[index] === String(sought.customerUserId)))
        yield { row, cells: Object.fromEntries(headers.map((header, index) => [header, texts[index] ?? ''])) };
    }
  }

  /** Whether the email address stands anywhere in the file, readable or not. Throws `FileMissing`. */
  async mentions({ fileKey, contentKey }: Import, { email }: Sought): Promise<boolean> {
    // Bytes as characters: the one comparison that no wrong encoding stops.
    const wanted = lowered(Buffer.from(email));
    let tail = '';
    for await (const chunk of (await this.files.read(contentKey ?? fileKey)) as AsyncIterable<Buffer>) {
      const text = tail + lowered(chunk);
      if (text.includes(wanted)) return true;
      tail = text.slice(1 - wanted.length);
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

const lowered = (bytes: Buffer): string => bytes.toString('latin1').toLowerCase();
