import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, DAY, Random } from '../clock/index.js';
import { FileSettings } from '../config/index.js';
import { FileMissing } from './errors.js';
import { FILE_KEY } from './file-key.js';
import { type Announce, FileStore, type PutOptions, type StoredFile } from './file-store.js';
import { Measure } from './measure.js';

const OWNER_ONLY = { file: 0o600, folder: 0o700 };

/** Files in a folder, spread over 256 sub-folders. What is still being uploaded lies in `incoming` until it is whole. */
@Injectable()
export class FolderFileStore extends FileStore implements OnApplicationBootstrap {
  private readonly incoming: string;

  constructor(
    private readonly settings: FileSettings,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {
    super();
    this.incoming = join(settings.folder, 'incoming');
  }

  /** Clears away what uploads left behind whose process died. */
  async onApplicationBootstrap(): Promise<void> {
    for (const name of await readdir(this.incoming).catch(() => [])) {
      const path = join(this.incoming, name);
      const found = await stat(path).catch(() => undefined);
      if (found && found.mtime < this.clock.in(-DAY)) await rm(path, { force: true });
    }
  }

  async put(stream: Readable, { maxBytes, announce }: PutOptions): Promise<StoredFile> {
    const key = this.random.uuid();
    const arriving = join(this.incoming, key);
    const measure = new Measure(maxBytes);
    try {
      await announce?.(key);
      await mkdir(this.incoming, { recursive: true, mode: OWNER_ONLY.folder });
      // Opened before anything flows: a stream that fails while its file is being opened would leave it behind.
      const handle = await open(arriving, 'wx', OWNER_ONLY.file);
      await pipeline(stream, measure, handle.createWriteStream({ flush: true }));
      const path = await this.placeFor(key);
      await rename(arriving, path);
      await syncFolder(dirname(path));
    } catch (error) {
      stream.destroy();
      await rm(arriving, { force: true });
      throw error;
    }
    return { key, sizeBytes: measure.sizeBytes, sha256: measure.sha256() };
  }

  async create(announce?: Announce): Promise<string> {
    const key = this.random.uuid();
    await announce?.(key);
    const path = await this.placeFor(key);
    const handle = await open(path, 'wx', OWNER_ONLY.file);
    await handle.close();
    await syncFolder(dirname(path));
    return key;
  }

  async append(key: string, offset: number, chunk: Uint8Array | string): Promise<number> {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    const handle = await this.open(key, 'r+');
    try {
      const { size } = await handle.stat();
      if (size < offset) throw new Error(`File ${key} has ${size} bytes and cannot be continued at ${offset}.`);
      await handle.truncate(offset);
      for (let written = 0; written < bytes.length;) {
        written += (await handle.write(bytes, written, bytes.length - written, offset + written)).bytesWritten;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    return offset + bytes.length;
  }

  async read(key: string, { start = 0 }: { start?: number } = {}): Promise<Readable> {
    // Opened here, so that a missing file is told to the caller and not to the stream.
    const handle = await this.open(key, 'r');
    return handle.createReadStream({ start });
  }

  async size(key: string): Promise<number> {
    return (await stat(this.path(key)).catch(missing)).size;
  }

  async remove(key: string): Promise<void> {
    if (FILE_KEY.test(key)) await rm(this.path(key), { force: true });
  }

  private open(key: string, flags: 'r' | 'r+'): Promise<FileHandle> {
    return open(this.path(key), flags).catch(missing);
  }

  private async placeFor(key: string): Promise<string> {
    const path = this.path(key);
    await mkdir(dirname(path), { recursive: true, mode: OWNER_ONLY.folder });
    return path;
  }

  private path(key: string): string {
    if (!FILE_KEY.test(key)) throw new FileMissing();
    return join(this.settings.folder, key.slice(0, 2), key);
  }
}

function missing(error: NodeJS.ErrnoException): never {
  throw error.code === 'ENOENT' ? new FileMissing() : error;
}

/** Makes a new name in the folder durable, where the system can (Windows cannot). */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
