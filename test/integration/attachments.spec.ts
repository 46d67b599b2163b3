import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { AttachmentLimits } from '../../src/records/about-people/attachment-limits.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { historyOf } from '../factories/history.js';
import { anUpload, type NoteBody } from '../factories/person-records.js';
import type { Answer } from '../support/client.js';
import { type Form, multipart } from '../support/imports/multipart.js';
import { eventually } from '../support/jobs/eventually.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const USERS = '/admin/api/customer-users';

describe('Attachments', () => {
  let product: Product;
  let admin: Caller;
  let personId: number;

  beforeAll(async () => {
    product = await startProduct();
    ({ admin } = product);
    ({ id: personId } = await aCustomerUser(admin));
  });
  afterAll(() => product.close());

  const pathOf = (person = personId) => `${USERS}/${person}/attachments`;
  const upload = (form: Form, headers = {}, person = personId) => anUpload(admin, pathOf(person), form, headers);
  const faults = ({ status, body }: Answer<Refused>) => [status, body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)];
  const folder = () => join(product.configuration.process.dataDir, 'files');
  const kept = async () =>
    (await readdir(folder(), { recursive: true }).catch(() => [])).filter((name) => /[\da-f-]{36}$/.test(name)).sort();
  const download = (id: number) => admin.get<string>(`${pathOf()}/${id}/file`);

  it('are kept with what is known of them, and given out as they came', async () => {
    const file = 'Frame contract\nof 2027, Grüße\n';
    const answer = await upload({
      file,
      fileName: 'Vertrag für Halle 3.txt',
      mediaType: 'text/plain; charset=utf-8',
      fields: { comment: 'Signed.', ownerId: '1' },
    });

    expect(answer.body).toMatchObject({
      ...{ fileName: 'Vertrag für Halle 3.txt', mediaType: 'text/plain', sizeBytes: Buffer.byteLength(file), comment: 'Signed.' },
      ...{ sha256: createHash('sha256').update(file).digest('hex'), ownerId: 1 },
    });
    const { status, headers, body } = await download(answer.body.id);
    expect([status, body]).toEqual([200, file]);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/plain',
      'content-length': String(Buffer.byteLength(file)),
      'content-disposition': `attachment; filename="Vertrag f_r Halle 3.txt"; filename*=UTF-8''Vertrag%20f%C3%BCr%20Halle%203.txt`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
    });
  });

  it.each(['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/javascript', 'application/xml', 'nonsense', 'text/html\t'])(
    'of the type %s are bytes without a meaning when they are given out',
    async (mediaType) => {
      const { body } = await upload({ file: '<script>alert(1)</script>', fileName: 'page.html', mediaType });
      const { headers } = await download(body.id);

      expect([headers.get('content-type'), headers.get('content-disposition')?.startsWith('attachment; ')]).toEqual([
        'application/octet-stream',
        true,
      ]);
    },
  );

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\eve\\cv.pdf', 'cv.pdf'],
    ['..', 'attachment'],
    ['', 'attachment'],
    ['gnp.\u202eexe', 'gnp.exe'],
    ['a\u0000b\u0007.txt', 'ab.txt'],
    ['a%0d%0aSet-Cookie: x=1.txt', 'a%0d%0aSet-Cookie: x=1.txt'],
    [`${'n'.repeat(1_000)}.pdf`, `${'n'.repeat(251)}.pdf`],
    ['😀 "quoted".txt', '😀 "quoted".txt'],
  ])('called %j are called %j', async (fileName, name) => {
    const { body } = await upload({ file: 'x', fileName: fileName.replaceAll('"', '\\"') });

    expect(body.fileName).toBe(name);
    const disposition = (await download(body.id)).headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename="[^"\\%\r\n]*"; filename\*=UTF-8''[\w.%!~-]+$/);
  });

  it('without a name are called attachment', async () => {
    const { body, type } = multipart({ file: 'x', fileName: 'NAME', mediaType: 'application/octet-stream' });
    const nameless = Buffer.from(body.toString().replace('; filename="NAME"', ''));

    const answer = await admin.post<{ fileName: string }>(pathOf(), nameless, { 'content-type': type });

    expect([answer.status, answer.body.fileName]).toEqual([201, 'attachment']);
  });

  it('of no bytes, and of too many, are refused, and leave no file', async () => {
    const before = await kept();
    const limits = product.inside(AttachmentLimits);
    const { fileBytes } = limits;
    limits.fileBytes = 1_000;
    const [none, most, more, much] = [
      await upload({ file: '' }),
      await upload({ file: 'x'.repeat(1_000) }),
      await upload({ file: 'x'.repeat(1_001) }),
      await upload({ file: 'x'.repeat(3_000_000) }),
    ];
    limits.fileBytes = fileBytes;

    expect(faults(none)).toEqual([400, ['/file attachments.file_empty']]);
    expect(most.status).toBe(201);
    for (const { status, body } of [more, much]) expect([status, body.code]).toEqual([413, 'files.too_large']);
    expect((await kept()).length).toBe(before.length + 1);
  });

  it('come as forms, and nothing that is none', async () => {
    const before = await kept();
    const { body: form, type } = multipart({ file: 'abc' });
    const send = (body: Buffer | object, contentType: string) => admin.post(pathOf(), body, { 'content-type': contentType });

    expect((await send({ file: 'abc' }, 'application/json')).body.code).toBe('request.media_type_unsupported');
    expect((await send(form, 'multipart/form-data')).status).toBe(400);
    expect((await send(form.subarray(0, form.length - 20), type)).body.code).toBe('request.malformed');
    expect((await send(Buffer.from('abc'), type)).body.code).toBe('request.malformed');
    expect((await send(Buffer.alloc(0), type)).status).toBe(400);
    expect(await kept()).toEqual(before);
  });

  it.each<[string, Form, string]>([
    ['without a file', { fields: { comment: 'x' } }, '/file required'],
    ['under another name', { file: 'x', part: 'document' }, '/document unknown_member'],
    ['with a field that is none', { file: 'x', fields: { surprise: '1' } }, '/surprise unknown_member'],
    ['with a comment that is too long', { file: 'x', fields: { comment: 'x'.repeat(2_001) } }, '/comment too_long'],
    ['for nobody', { file: 'x', fields: { ownerId: '999999' } }, '/ownerId records.owner_unknown'],
    ['for nonsense', { file: 'x', fields: { ownerId: 'me' } }, '/ownerId not_an_integer'],
  ])('are refused %s', async (_what, form, fault) => {
    const before = await kept();
    const answer = await upload(form);

    expect(answer.status).toBe(400);
    expect(answer.body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toContain(fault);
    expect(await kept()).toEqual(before);
  });

  it('are repeated under an Idempotency-Key, and kept once', async () => {
    const key = { 'idempotency-key': 'attachment-1' };
    const first = await upload({ file: 'once' }, key);
    const before = await kept();
    const [again, another] = [await upload({ file: 'once' }, key), await upload({ file: 'twice' }, key)];

    expect([again.status, again.body]).toEqual([201, first.body]);
    expect([another.status, another.body.code]).toEqual([422, 'idempotency.key_reused']);
    expect(await kept()).toEqual(before);
  });

  it('take their file along: alone, with their person, and when he is erased', async () => {
    const before = await kept();
    const [gone, erased] = [await aCustomerUser(admin), await aCustomerUser(admin)];
    const { body } = await upload({ file: 'alone' });
    await upload({ file: 'gone' }, {}, gone.id);
    await upload({ file: 'erased' }, {}, erased.id);
    expect((await kept()).length).toBe(before.length + 3);
    await admin.delete(`${pathOf()}/${body.id}`);
    await admin.delete(`${USERS}/${gone.id}`);
    await admin.post(`${USERS}/${erased.id}/erase`);

    await eventually(async () => (await kept()).length === before.length, 'their files are gone');
    expect(await kept()).toEqual(before);
    expect((await download(body.id)).status).toBe(404);
  });

  it('are not there when their person goes while they arrive', async () => {
    const before = await kept();
    const { id } = await aCustomerUser(admin);
    const { body, type } = multipart({ file: 'x'.repeat(200_000) });
    const stream = new PassThrough();
    const headers = { authorization: `Bearer ${admin.token}`, 'content-type': type };
    const answer = product.app.inject({ method: 'POST', url: pathOf(id), payload: stream, headers });
    stream.write(body.subarray(0, 100_000));
    await eventually(async () => (await kept()).length > before.length, 'the file arrives');
    expect((await admin.delete(`${USERS}/${id}`)).status).toBe(204);
    stream.end(body.subarray(100_000));

    expect((await answer).statusCode).toBe(404);
    expect(await kept()).toEqual(before);
  });

  it('are not taken about somebody who is not reached, nor without the permission', async () => {
    const before = await kept();
    const blind = await aConsoleCaller(product, { rights: { 'attachment:create': 'organization' } });
    const reader = await aConsoleCaller(product, { rights: { 'customer_user:view': 'organization', 'attachment:view': 'organization' } });

    expect((await anUpload(blind, pathOf(), { file: 'x' })).status).toBe(404);
    expect((await anUpload(reader, pathOf(), { file: 'x' })).body.detail).toBe('This needs the permission attachment:create.');
    expect(await kept()).toEqual(before);
  });

  describe('of notes', () => {
    const note = (members: object) =>
      admin.post<NoteBody & Refused>(`${USERS}/${personId}/notes`, { text: 'See the contract.', ...members });

    it('are shown with them, put in place of others, and taken away', async () => {
      const { body: one } = await upload({ file: 'one', fileName: 'one.txt' });
      const { body: other } = await upload({ file: 'other', fileName: 'other.txt' });
      const { body } = await note({ attachmentId: one.id });

      expect(body).toMatchObject({
        attachmentId: one.id,
        attachment: { id: one.id, fileName: 'one.txt', mediaType: 'text/csv', sizeBytes: 3 },
      });
      const url = `${USERS}/${personId}/notes/${body.id}`;
      expect((await admin.patch(url, { attachmentId: other.id })).body).toMatchObject({ attachment: { fileName: 'other.txt' } });
      expect((await admin.patch(url, { attachmentId: null })).body).toMatchObject({ attachmentId: null, attachment: null, version: 3 });
    });

    it('have to be of the same person, and seen', async () => {
      const { id: other } = await aCustomerUser(admin);
      const { body: elsewhere } = await upload({ file: 'x' }, {}, other);
      const { body: here } = await upload({ file: 'x' });
      const writer = await aConsoleCaller(product, { rights: { 'customer_user:view': 'organization', 'note:create': 'organization' } });

      for (const attachmentId of [elsewhere.id, 999_999])
        expect(faults(await note({ attachmentId }))).toEqual([400, ['/attachmentId notes.attachment_unknown']]);
      const blind = await writer.post(`${USERS}/${personId}/notes`, { text: 'x', attachmentId: here.id });
      expect(faults(blind)).toEqual([400, ['/attachmentId notes.attachment_unknown']]);
    });

    it('leave them when they are deleted', async () => {
      const { body: attached } = await upload({ file: 'x' });
      const { body } = await note({ attachmentId: attached.id });
      await admin.delete(`${pathOf()}/${attached.id}`);

      const left = await admin.get<NoteBody>(`${USERS}/${personId}/notes/${body.id}`);
      expect(left.body).toMatchObject({ text: 'See the contract.', attachmentId: null, attachment: null, version: 2 });
      expect((await historyOf(product, 'note', body.id)).at(-1)?.changes).toEqual({ attachmentId: { old: attached.id, new: null } });
    });
  });
});
