import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, utimes, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Clock, DAY, Random } from '../clock/index.js';
import { FolderFileStore } from './folder-file-store.js';

describe('A file store in a folder', () => {
  let folder: string;
  let store: FolderFileStore;

  const put = (content: string, maxBytes = 1_000) => store.put(Readable.from([Buffer.from(content)]), { maxBytes });
  const contentOf = async (key: string, start?: number) => text(await store.read(key, { start }));
  const everyFile = async () => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-'));
    store = new FolderFileStore({ folder, s3: undefined }, new Random(), new Clock());
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('keeps what a stream brings, with its size and hash', async () => {
    const stored = await put('Grüße\n');

    expect(stored).toMatchObject({ sizeBytes: 8, sha256: createHash('sha256').update('Grüße\n').digest('hex') });
    expect(await contentOf(stored.key)).toBe('Grüße\n');
    expect(await store.size(stored.key)).toBe(8);
  });

  it('lets nobody but the owner of the process read the files', async () => {
    await put('names and birthdays');

    const [file] = await everyFile();
    expect((await stat(join(file?.parentPath ?? '', file?.name ?? ''))).mode & 0o077).toBe(0);
  });

  it('accepts exactly as many bytes as are allowed', async () => {
    await expect(put('12345', 5)).resolves.toMatchObject({ sizeBytes: 5 });
  });

  it('refuses one byte more, stops reading and keeps nothing', async () => {
    const endless = new Readable({ read: () => endless.push('x'.repeat(64)) });

    await expect(store.put(endless, { maxBytes: 1_000 })).rejects.toMatchObject({ kind: 'too-large', code: 'files.too_large' });
    expect(endless.destroyed).toBe(true);
    expect(await everyFile()).toEqual([]);
  });

  it('keeps nothing of what is refused before its file is open', async () => {
    const refused = await Promise.allSettled(Array.from({ length: 200 }, () => put('123456', 5)));

    expect(refused.every(({ status }) => status === 'rejected')).toBe(true);
    expect(await everyFile()).toEqual([]);
  });

  it('keeps nothing of an upload that breaks off', async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('the first half');
        throw new Error('connection reset');
      })(),
    );

    await expect(store.put(broken, { maxBytes: 1_000 })).rejects.toThrow('connection reset');
    expect(await everyFile()).toEqual([]);
  });

  it('reads from the middle of a file', async () => {
    const { key } = await put('0123456789');

    expect(await contentOf(key, 7)).toBe('789');
  });

  it('writes an export in batches', async () => {
    const key = await store.create();

    const second = await store.append(key, 0, 'header\n');
    expect(await store.append(key, second, Buffer.from('row 1\n'))).toBe(13);
    expect(await contentOf(key)).toBe('header\nrow 1\n');
  });

  it('goes on at the last committed position and drops what a crash left beyond it', async () => {
    const key = await store.create();
    const committed = await store.append(key, 0, 'header\n');
    await store.append(key, committed, 'row 1 of an attempt that died\n');

    await store.append(key, committed, 'row 1\n');

    expect(await contentOf(key)).toBe('header\nrow 1\n');
  });

  it('refuses to leave a gap', async () => {
    const key = await store.create();

    await expect(store.append(key, 10, 'row 2')).rejects.toThrow('cannot be continued at 10');
    expect(await store.size(key)).toBe(0);
  });

  it('removes a file once or twice', async () => {
    const { key } = await put('gone soon');

    await store.remove(key);
    await store.remove(key);

    await expect(store.read(key)).rejects.toMatchObject({ kind: 'missing', code: 'files.missing' });
    await expect(store.size(key)).rejects.toMatchObject({ code: 'files.missing' });
    await expect(store.append(key, 0, 'x')).rejects.toMatchObject({ code: 'files.missing' });
  });

  it.each(['../../etc/passwd', '/etc/passwd', '', 'incoming', 'ab/abcdef', `${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}/..`])(
    'takes the key %j for that of no file',
    async (key) => {
      await expect(store.read(key)).rejects.toMatchObject({ code: 'files.missing' });
      await expect(store.append(key, 0, 'x')).rejects.toMatchObject({ code: 'files.missing' });
      await expect(store.remove(key)).resolves.toBeUndefined();
    },
  );

  it('clears away at the start what dead uploads left, not what is arriving', async () => {
    const incoming = join(folder, 'incoming');
    await mkdir(incoming);
    await writeFile(join(incoming, 'dead'), 'x');
    await writeFile(join(incoming, 'arriving'), 'x');
    const longAgo = new Date(Date.now() - 2 * DAY);
    await utimes(join(incoming, 'dead'), longAgo, longAgo);

    await store.onApplicationBootstrap();

    expect(await readdir(incoming)).toEqual(['arriving']);
  });
});
