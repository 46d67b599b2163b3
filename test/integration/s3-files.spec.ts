import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { FileStore } from '../../src/platform/files/index.js';
import { ImportDesk } from '../support/imports/import-desk.js';
import { type Product, startProduct } from '../support/product.js';
import { S3Server } from '../support/s3-server.js';

const MIB = 2 ** 20;

describe('Files in a bucket', () => {
  let server: S3Server;
  let product: Product;
  let store: FileStore;

  beforeAll(async () => {
    server = await S3Server.start();
    product = await startProduct({ FILES_URL: server.url });
    store = product.inside(FileStore as never);
  });

  afterAll(async () => {
    await product.close();
    await server.stop();
  });

  const put = (content: string | Buffer, maxBytes = 20 * MIB) => store.put(Readable.from([Buffer.from(content)]), { maxBytes });
  const contentOf = async (key: string, start?: number) => text(await store.read(key, { start }));

  it('keep what a stream brings, with its size and hash, also in many parts', async () => {
    const small = await put('Grüße\n');
    expect(small).toMatchObject({ sizeBytes: 8, sha256: createHash('sha256').update('Grüße\n').digest('hex') });
    expect(await contentOf(small.key)).toBe('Grüße\n');
    expect(await contentOf(small.key, 7)).toBe('\n');
    expect(await contentOf(small.key, 8)).toBe('');
    expect(await store.size(small.key)).toBe(8);

    const large = Buffer.alloc(12 * MIB, 'x');
    const { key } = await put(large);
    expect(await store.size(key)).toBe(large.length);
    expect(server.openUploads).toBe(0);
  });

  it('refuse one byte more than is allowed, and keep nothing of that or of what breaks off', async () => {
    const before = server.objects.size;
    const broken = Readable.from(
      (async function* () {
        yield Buffer.alloc(6 * MIB);
        throw new Error('connection reset');
      })(),
    );

    await expect(put('123456', 5)).rejects.toMatchObject({ kind: 'too-large', code: 'files.too_large' });
    await expect(store.put(broken, { maxBytes: 20 * MIB })).rejects.toThrow('connection reset');

    expect(server.objects.size).toBe(before);
    expect(server.openUploads).toBe(0);
  });

  it('are written in batches, and go on at the last committed place', async () => {
    const key = await store.create();
    expect(await contentOf(key)).toBe('');
    let end = 0;
    for (const piece of ['header\n', 'row 1\n', 'row 2\n', 'row 3\n', 'row 4\n']) end = await store.append(key, end, piece);
    expect(await contentOf(key)).toBe('header\nrow 1\nrow 2\nrow 3\nrow 4\n');
    expect(await contentOf(key, 9)).toBe('w 1\nrow 2\nrow 3\nrow 4\n');

    expect(await store.append(key, 13, 'row A, after a crash\n')).toBe(34);

    expect(await contentOf(key)).toBe('header\nrow 1\nrow A, after a crash\n');
    await expect(store.append(key, 99, 'x')).rejects.toThrow('cannot be continued at 99');
  });

  it('are removed once or twice, and found by no other key', async () => {
    const { key } = await put('gone soon');
    const written = await store.create();
    for (const gone of [key, key, written]) await store.remove(gone);

    for (const missing of [key, written, '../secret', ''])
      await expect(store.read(missing)).rejects.toMatchObject({ code: 'files.missing' });
    await expect(store.append(key, 0, 'x')).rejects.toMatchObject({ code: 'files.missing' });
  });

  it('carry imports and exports', async () => {
    const desk = new ImportDesk(product, 'customers');
    const names = Array.from({ length: 2_500 }, (_, i) => `Customer ${i}`);

    expect(await desk.import(`Name\n${names.join('\n')}\n`)).toMatchObject({ status: 'completed', counts: { added: 2_500 } });

    const file = await desk.export({ columns: ['Name'] });
    expect(file.trim().split('\r\n').slice(1)).toEqual(names);
  });
});
