import { Readable } from 'node:stream';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Random } from '../clock/index.js';
import type { S3Settings } from '../config/index.js';
import { FileMissing } from './errors.js';
import { type Announce, FileStore, type PutOptions, type StoredFile } from './file-store.js';
import { FILE_KEY } from './file-key.js';
import { Measure } from './measure.js';

/** A piece of a file that was written in batches: S3 has no append, so each is an object named by its place. */
interface Piece {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

const OFFSET_DIGITS = 15;

/** Files in a bucket of S3, or of a server that speaks it. An upload is one object; what is appended to is a row of them. */
export class S3FileStore extends FileStore {
  private readonly client: S3Client;
  /** Where the files end that this process appends to. */
  private readonly ends = new Map<string, number>();

  constructor(
    private readonly settings: S3Settings,
    private readonly random: Random,
  ) {
    super();
    const { region, endpoint, credentials } = settings;
    this.client = new S3Client({
      region,
      ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
      ...(credentials && { credentials }),
      // Other servers than Amazon's know no checksums in trailers.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async put(stream: Readable, { maxBytes, announce }: PutOptions): Promise<StoredFile> {
    const key = this.random.uuid();
    await announce?.(key);
    const measure = new Measure(maxBytes);
    stream.on('error', (error) => measure.destroy(error));
    const upload = new Upload({ client: this.client, params: { ...this.at(key), Body: stream.pipe(measure) } });
    try {
      // A stream that breaks off would leave the upload waiting for the rest.
      await Promise.race([upload.done(), new Promise((_resolve, reject) => measure.once('error', reject))]);
    } catch (error) {
      stream.destroy();
      await upload.abort();
      throw error;
    }
    return { key, sizeBytes: measure.sizeBytes, sha256: measure.sha256() };
  }

  async create(announce?: Announce): Promise<string> {
    const key = this.random.uuid();
    await announce?.(key);
    await this.write(key, 0, Buffer.alloc(0));
    return key;
  }

  async append(key: string, offset: number, chunk: Uint8Array | string): Promise<number> {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    const end = this.ends.get(key) ?? (await this.size(key));
    if (end < offset) throw new Error(`File ${key} has ${end} bytes and cannot be continued at ${offset}.`);
    if (end > offset) {
      const beyond = (await this.pieces(key)).filter((piece) => piece.offset >= offset && piece.size > 0);
      await this.delete(beyond.map(({ name }) => name));
    }
    await this.write(key, offset, bytes);
    this.ends.set(key, offset + bytes.length);
    return offset + bytes.length;
  }

  async read(key: string, { start = 0 }: { start?: number } = {}): Promise<Readable> {
    if (!FILE_KEY.test(key)) throw new FileMissing();
    const whole = await this.object(this.nameOf(key), start);
    if (whole) return whole;
    const pieces = await this.pieces(key);
    if (pieces.length === 0) throw new FileMissing();
    return Readable.from(this.contentOf(pieces, start), { objectMode: false });
  }

  async size(key: string): Promise<number> {
    if (!FILE_KEY.test(key)) throw new FileMissing();
    const head = await this.client.send(new HeadObjectCommand(this.at(key))).catch(missing);
    if (head) return head.ContentLength ?? 0;
    const pieces = await this.pieces(key);
    if (pieces.length === 0) throw new FileMissing();
    return pieces.reduce((sum, { size }) => sum + size, 0);
  }

  async remove(key: string): Promise<void> {
    if (!FILE_KEY.test(key)) return;
    this.ends.delete(key);
    await this.delete([this.nameOf(key), ...(await this.pieces(key)).map(({ name }) => name)]);
  }

  private async write(key: string, offset: number, bytes: Uint8Array): Promise<void> {
    const name = `${this.nameOf(key)}/${String(offset).padStart(OFFSET_DIGITS, '0')}`;
    await this.client.send(new PutObjectCommand({ Bucket: this.settings.bucket, Key: name, Body: bytes, ContentLength: bytes.length }));
  }

  private async *contentOf(pieces: readonly Piece[], start: number): AsyncGenerator<Uint8Array> {
    for (const { name, offset, size } of pieces) {
      if (size === 0 || offset + size <= start) continue;
      const content = await this.object(name, Math.max(0, start - offset));
      if (!content) throw new FileMissing();
      yield* content as AsyncIterable<Uint8Array>;
    }
  }

  /** `undefined` when there is no such object. */
  private async object(name: string, start: number): Promise<Readable | undefined> {
    const range = start > 0 ? { Range: `bytes=${start}-` } : {};
    try {
      const { Body: body } = await this.client.send(new GetObjectCommand({ Bucket: this.settings.bucket, Key: name, ...range }));
      return body as Readable;
    } catch (error) {
      if (error instanceof S3ServiceException && error.name === 'InvalidRange') return Readable.from([]);
      return missing(error);
    }
  }

  private async pieces(key: string): Promise<Piece[]> {
    if (!FILE_KEY.test(key)) throw new FileMissing();
    const prefix = `${this.nameOf(key)}/`;
    const pieces: Piece[] = [];
    for (let after: string | undefined; ;) {
      const list = new ListObjectsV2Command({ Bucket: this.settings.bucket, Prefix: prefix, StartAfter: after });
      const { Contents: found = [], IsTruncated: more } = await this.client.send(list);
      for (const { Key: name = '', Size: size = 0 } of found) pieces.push({ name, offset: Number(name.slice(prefix.length)), size });
      after = pieces.at(-1)?.name;
      if (more !== true) return pieces;
    }
  }

  private async delete(names: readonly string[]): Promise<void> {
    const { bucket } = this.settings;
    for (let start = 0; start < names.length; start += 1_000) {
      const some = names.slice(start, start + 1_000).map((name) => ({ Key: name }));
      await this.client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: some, Quiet: true } }));
    }
  }

  private at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.settings.bucket, Key: this.nameOf(key) };
  }

  private nameOf(key: string): string {
    return `${this.settings.prefix}${key}`;
  }
}

function missing(error: unknown): undefined {
  if (error instanceof S3ServiceException && (error.$metadata.httpStatusCode === 404 || error.name === 'NoSuchKey')) return undefined;
  throw error;
}
