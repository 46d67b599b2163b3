import type { Readable } from 'node:stream';

/** What is known of a file once all of it is kept. */
export interface StoredFile {
  readonly key: string;
  readonly sizeBytes: number;
  /** Of the content, in hexadecimal. */
  readonly sha256: string;
}

/** Told the key before anything is kept: who dies before he has noted it elsewhere knows what to clear away. */
export type Announce = (key: string) => Promise<void>;

export interface PutOptions {
  readonly maxBytes: number;
  readonly announce?: Announce;
}

/**
 * Uploads and exports, by a random key that the store gives out. Every process sees the same files. A key that the store could not
 * have given out, and one whose file is gone, are the same to a reader: `NotFound`, code `files.missing`.
 */
export abstract class FileStore {
  /**
   * Keeps all that the stream brings, or nothing.
   * Throws a `DomainError` of the kind `too-large`, code `files.too_large`, once more than `maxBytes` have come; the stream is then destroyed.
   */
  abstract put(stream: Readable, options: PutOptions): Promise<StoredFile>;

  /** An empty file to {@link append} to; answers its key. */
  abstract create(announce?: Announce): Promise<string>;

  /**
   * Writes a chunk at `offset`, drops whatever an attempt that was not committed left beyond it, and answers the offset of the next chunk.
   * Durable on return, so that who keeps that offset in the database can go on there after a crash. One writer a file.
   */
  abstract append(key: string, offset: number, chunk: Uint8Array | string): Promise<number>;

  /** The content from byte `start` (0 by default) on. */
  abstract read(key: string, options?: { start?: number }): Promise<Readable>;

  /** In bytes. */
  abstract size(key: string): Promise<number>;

  /** Removes the file; does nothing when it is gone already. */
  abstract remove(key: string): Promise<void>;
}
