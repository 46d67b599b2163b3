import { basename, extname } from 'node:path';
import type {} from '@fastify/multipart';
import type { Type } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError, InvalidInput, type MemberFault } from '../errors/index.js';
import type { FileStore, PutOptions, StoredFile } from '../files/index.js';
import { validationPipe } from './validation.js';

/** A form with a file, as it arrived. */
export interface Upload<T extends object> {
  readonly draft: T;
  readonly file: StoredFile;
  /** One line without a path, 255 characters at most. */
  readonly fileName: string;
  /** As the sender has it, in lower case: nobody has looked whether it is true. */
  readonly mediaType: string;
}

/** What a form is to be like. */
export interface UploadForm<T extends object> extends PutOptions {
  /** The class of the fields beside the part `file`. */
  readonly draft: Type<T>;
  /** Fields whose text is JSON. */
  readonly json?: readonly string[];
  /** What a file without a name is called. */
  readonly nameless: string;
}

/** Reads the form as it arrives: the file goes straight into the store. What is refused leaves no file behind. */
export async function receiveUpload<T extends object>(request: FastifyRequest, files: FileStore, form: UploadForm<T>): Promise<Upload<T>> {
  if (!request.isMultipart())
    throw new DomainError('unsupported', 'request.media_type_unsupported', 'Send the file and its options as multipart/form-data.');
  const parts = new Parts(form);
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') parts.takeField(part.fieldname, part.value, part.valueTruncated);
      else if (part.fieldname === 'file' && !parts.file) {
        parts.file = await files.put(part.file, form);
        parts.takeNames(part.filename, part.mimetype);
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
    const complaint = complaintOf(error);
    throw complaint === undefined ? error : new DomainError('invalid', 'request.malformed', complaint);
  }
}

class Parts<T extends object> {
  readonly faults: MemberFault[] = [];
  private readonly fields = new Map<string, unknown>();
  private names = { fileName: '', mediaType: '' };
  file?: StoredFile;

  constructor(private readonly form: UploadForm<T>) {}

  /** A part may have no file name. */
  takeNames(fileName: string | undefined, mediaType: string): void {
    this.names = { fileName: nameOf(fileName) || this.form.nameless, mediaType: typeOf(mediaType) };
  }

  takeField(name: string, value: unknown, cutOff: boolean): void {
    if (cutOff) this.faults.push(fault(name, 'too_long', `${name} is too long.`));
    else if (this.fields.has(name)) this.faults.push(fault(name, 'repeated', `${name} is given more than once.`));
    else if (name !== 'file') this.fields.set(name, this.form.json?.includes(name) ? parsed(value) : value);
  }

  async read(): Promise<Upload<T>> {
    const { file, faults, names } = this;
    if (!file) faults.push(fault('file', 'required', 'file is required: the file itself, as a part with a file name.'));
    const draft = await this.readDraft();
    if (!draft || !file || faults.length > 0) throw new InvalidInput(faults);
    return { draft, file, ...names };
  }

  private async readDraft(): Promise<T | undefined> {
    try {
      return (await validationPipe().transform(Object.fromEntries(this.fields), { type: 'body', metatype: this.form.draft })) as T;
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      this.faults.push(...error.faults);
      return undefined;
    }
  }
}

const UNREADABLE = 'The form cannot be read: it is cut off, or its boundary is missing.';

const COMPLAINTS: Readonly<Record<string, string>> = {
  FST_FILES_LIMIT: 'The form has more than one file.',
  FST_FIELDS_LIMIT: 'The form has too many fields.',
  FST_PARTS_LIMIT: 'The form has too many parts.',
  FST_PROTO_VIOLATION: 'The form has a field of a name that nothing can have.',
};

/** What is wrong with the form itself, if that is it: some of what the parser throws has neither a class nor a code of its own. */
function complaintOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || error instanceof DomainError) return undefined;
  if (/^multipart: |multipart data$/i.test(error.message)) return UNREADABLE;
  return COMPLAINTS[(error as Error & { code?: string }).code ?? ''];
}

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

const LONGEST_NAME = 255;

/** Without a path, and without what would show another name than there is; one that is too long keeps its ending. */
function nameOf(name = ''): string {
  const bare = basename(name.replaceAll('\\', '/'))
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
  const ending = extname(bare).slice(0, 20);
  return (bare.length <= LONGEST_NAME ? bare : bare.slice(0, LONGEST_NAME - ending.length).trim() + ending).toWellFormed();
}

const typeOf = (mediaType: string): string => {
  const [bare = ''] = mediaType.toLowerCase().split(';', 1);
  return /^[a-z]+\/[a-z\d][\w.+-]{0,100}$/.test(bare) ? bare : 'application/octet-stream';
};
