import { basename } from 'node:path';
import type {} from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { DomainError, InvalidInput, type MemberFault } from '../platform/errors/index.js';
import type { FileStore, StoredFile } from '../platform/files/index.js';
import { validationPipe } from '../platform/http/index.js';
import { ImportDraft } from './imports.dto.js';

export interface Upload {
  readonly draft: ImportDraft;
  readonly file: StoredFile;
  readonly fileName: string;
}

/** Reads the form as it arrives: the file goes straight into the store. What is refused leaves no file behind. */
export async function receiveUpload(request: FastifyRequest, files: FileStore, maxBytes: number): Promise<Upload> {
  if (!request.isMultipart())
    throw new DomainError('unsupported', 'request.media_type_unsupported', 'Send the file and its options as multipart/form-data.');
  const parts = new Parts();
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') parts.takeField(part.fieldname, part.value, part.valueTruncated);
      else if (part.fieldname === 'file' && !parts.file) {
        parts.file = await files.put(part.file, { maxBytes });
        parts.fileName = nameOf(part.filename);
      } else {
        part.file.resume();
        parts.faults.push(fault(part.fieldname, 'unknown_member', `${part.fieldname} is not a file that this accepts.`));
      }
    }
    return await parts.read();
  } catch (error) {
    if (parts.file) await files.remove(parts.file.key);
    // What still arrives is let go by: a client that cannot get rid of its body never reads the answer.
    request.raw.unpipe();
    request.raw.resume();
    throw isUnreadable(error) ? new DomainError('invalid', 'request.malformed', UNREADABLE) : error;
  }
}

class Parts {
  readonly faults: MemberFault[] = [];
  private readonly fields = new Map<string, unknown>();
  file?: StoredFile;
  fileName = '';

  takeField(name: string, value: unknown, cutOff: boolean): void {
    if (cutOff) this.faults.push(fault(name, 'too_long', `${name} is too long.`));
    else if (this.fields.has(name)) this.faults.push(fault(name, 'repeated', `${name} is given more than once.`));
    else if (name !== 'file') this.fields.set(name, name === 'mapping' ? parsed(value) : value);
  }

  async read(): Promise<Upload> {
    const { file, fileName, faults } = this;
    if (!file) faults.push(fault('file', 'required', 'file is required: the CSV file, as a part with a file name.'));
    const draft = await this.readDraft();
    if (!draft || !file || faults.length > 0) throw new InvalidInput(faults);
    return { draft, file, fileName };
  }

  private async readDraft(): Promise<ImportDraft | undefined> {
    try {
      const draft: unknown = await validationPipe().transform(Object.fromEntries(this.fields), { type: 'body', metatype: ImportDraft });
      return draft as ImportDraft;
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      this.faults.push(...error.faults);
      return undefined;
    }
  }
}

const UNREADABLE = 'The form cannot be read: it is cut off, or its boundary is missing.';

/** What the parser of forms throws has neither a class nor a code of its own. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof Error && !(error instanceof DomainError) && /^multipart: |multipart data$/i.test(error.message);

const fault = (name: string, code: string, detail: string): MemberFault => ({
  pointer: `/${name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`,
  code,
  detail,
});

/** What is no JSON stays a text, which is refused as none. */
function parsed(value: unknown): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    return value;
  }
}

const nameOf = (name: string): string =>
  basename(name.replaceAll('\\', '/'))
    .replace(/[\p{Cc}\u2028\u2029]/gu, '')
    .toWellFormed()
    .slice(0, 255)
    .trim() || 'import.csv';
