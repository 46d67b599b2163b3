import { ConsentLedger } from '../../src/consents/index.js';
import type { CustomerUserView } from '../../src/customer-users/index.js';
import { MINUTE } from '../../src/platform/clock/index.js';
import { MailTransport } from '../../src/platform/mail/index.js';
import { FilesKeeper } from '../../src/import-export/files-keeper.js';
import { Import } from '../../src/import-export/imports/import.entity.js';
import { aCustomerUser, aDraft, PASSWORD } from '../factories/customer-users.js';
import { aDocument } from '../factories/documents.js';
import { historyOf } from '../factories/history.js';
import type { Json } from '../factories/json.js';
import { aKnownPerson, type KnownPerson, TELLING } from '../factories/known-people.js';
import type { Listed } from '../support/client.js';
import { multipart } from '../support/imports/multipart.js';
import { eventually } from '../support/jobs/eventually.js';
import { type Product, type Refused, startProduct } from '../support/product.js';
import { everythingForgets, everythingIsSent, tracesOf } from '../support/traces.js';

type Person = Json<CustomerUserView>;

const USERS = '/admin/api/customer-users';

describe('Somebody who is erased', () => {
  let product: Product;
  let known: KnownPerson;
  let erased: Person;
  let pseudonym: string;

  const erase = <T = Person>(id: number, headers: Record<string, string> = {}) =>
    product.admin.post<T>(`${USERS}/${id}/erase`, undefined, headers);
  const list = async <T>(path: string) => (await product.admin.get<Listed<T>>(path)).body.items;

  beforeAll(async () => {
    product = await startProduct();
    known = await aKnownPerson(product);
    erased = (await erase(known.person.id, { 'if-match': `"${known.person.version}"` })).body;
    pseudonym = `Erased #${erased.id}`;
    await everythingForgets(product);
  });
  afterAll(() => product.close());

  it('is told by nothing any more: in no table, no file and no mail', async () => {
    expect(await tracesOf(product, TELLING)).toEqual([]);
  });

  it('is a number without a past', () => {
    expect(erased).toMatchObject({
      id: known.person.id,
      email: expect.stringMatching(new RegExp(`^erased-${erased.id}-[\\da-f-]{36}@erased\\.invalid$`)) as string,
      fullName: pseudonym,
      birthday: null,
      phone: null,
      externalId: null,
      addresses: [],
      roles: [],
      enabled: false,
      confirmed: false,
      passwordStatus: 'unset',
      lastLoginAt: null,
      loginCount: 0,
      customer: { id: known.person.customer.id, name: pseudonym },
      erasedAt: expect.any(String) as unknown,
    });
    expect(Object.values(erased.customFields)).toEqual([null]);
  });

  it('is found by no word', async () => {
    for (const word of ['zebulon', 'quartermaine', 'erasable'])
      expect((await list<Person>(`${USERS}?q=${word}`)).map(({ id }) => id)).not.toContain(erased.id);
    expect((await list<Person>(`${USERS}?q=erased`)).map(({ id }) => id)).toContain(erased.id);
  });

  it('is let in nowhere: sessions, password, links and applications are over', async () => {
    expect((await known.self.get('/api/me')).status).toBe(401);
    expect((await product.tryLogIn('/api', TELLING.email, PASSWORD)).status).toBe(401);
    const token = { grant_type: 'client_credentials', client_id: known.clientId, client_secret: known.clientSecret };
    expect((await product.nobody.post('/oauth2-token', token)).status).toBe(401);
    expect(await list(`${USERS}/${erased.id}/oauth-applications`)).toEqual([]);
  });

  it('keeps his place in the ledger, whose chain holds', async () => {
    expect(await list(`${USERS}/${erased.id}/consents`)).toMatchObject([
      { act: 'withdrawn', text: 'Be kind.', ip: null, userAgent: null },
      { act: 'accepted', text: 'Be kind.', ip: null, userAgent: null },
    ]);
    expect(await product.inside(ConsentLedger).verify()).toMatchObject({ intact: true, chains: [{ entries: 2, withoutOrigin: 2 }] });
  });

  it('keeps his documents, under his number', async () => {
    expect(await list(`${USERS}/${erased.id}/orders`)).toMatchObject([{ customerUser: { id: erased.id, fullName: pseudonym } }]);
  });

  it('keeps his history, of which it is the last word, without what it was about', async () => {
    const entries = await historyOf(product, 'customer_user', erased.id);

    expect(entries.map(({ action }) => action)).toEqual([
      'created',
      ...Array.from({ length: 4 }, () => 'changed'),
      'email_change_requested',
      'erased',
    ]);
    expect(entries[0]?.changes).toMatchObject({ email: { old: null, new: '(erased)' }, enabled: { old: null, new: true } });
    expect(entries[3]).toMatchObject({ actorType: 'customer-user', actorId: erased.id, actorName: pseudonym });
    expect(entries.at(-1)).toMatchObject({
      actorName: 'First Administrator',
      changes: {
        email: { old: '(erased)', new: erased.email },
        lastName: { old: '(erased)', new: `#${erased.id}` },
        enabled: { old: true, new: false },
      },
    });
  });

  it('leaves that mails were sent and logins tried, and not to whom or from where', async () => {
    const mails = await list<{ to: object; subject: string }>(`/admin/api/emails?filter[customerUserId]=${erased.id}`);
    const attempts = await list(`/admin/api/login-attempts?filter[customerUserId]=${erased.id}`);

    expect(mails.length).toBeGreaterThan(0);
    expect(mails.every(({ to }) => JSON.stringify(to) === JSON.stringify({ name: null, address: erased.email }))).toBe(true);
    expect(attempts).toMatchObject([
      { success: true, username: erased.email, user: pseudonym, ip: null, userAgent: null },
      { success: false, username: erased.email, user: pseudonym, ip: null, userAgent: null },
    ]);
  });

  it('takes the files that named him along, and leaves the errors of others', async () => {
    const { admin } = product;

    expect(await admin.get(`/admin/api/exports/${known.exportId}/file`)).toMatchObject({
      status: 404,
      body: { code: 'exports.file_expired' },
    });
    expect((await admin.get<{ file: string | null }>(`/admin/api/exports/${known.exportId}`)).body).toMatchObject({
      file: null,
      q: '(erased)',
    });
    expect(await admin.get(`/admin/api/imports/${known.importId}/error-file`)).toMatchObject({
      status: 404,
      body: { code: 'imports.file_expired' },
    });
    expect(await list(`/admin/api/imports/${known.importId}/errors`)).toMatchObject([
      { row: 1, column: 'Birthday', value: null, detail: 'row 1, Birthday: (erased)' },
      { row: 2, column: 'Birthday', value: '1971-02-31' },
      { row: 2, column: 'Last Name' },
    ]);
  });

  it('never changes again, and is not erased twice', async () => {
    const { admin } = product;
    const path = `${USERS}/${erased.id}`;
    const answers = [
      await erase<object>(erased.id),
      await admin.patch(path, { firstName: 'Amanda' }),
      await admin.post(`${path}/enable`),
      await admin.post(`${path}/confirm`),
      await admin.post(`${path}/resend-confirmation`),
      await admin.post(`${path}/addresses`, { company: 'Acme', street: '1', city: 'a', postalCode: '1', countryCode: 'VA' }),
    ];

    expect(answers.map(({ status, body }) => `${status} ${(body as Refused).code}`)).toEqual(
      answers.map(() => '409 customer_users.erased'),
    );
    expect((await admin.get<Person>(path)).body).toEqual(erased);
  });

  it('is not changed by an import either, and stays as he is in a file that says the same', async () => {
    const importing = async (file: string) => {
      const form = multipart({ file, fields: { entity: 'customer-users', force: 'true' } });
      const { body } = await product.admin.post<{ id: number }>('/admin/api/imports', form.body, { 'content-type': form.type });
      const path = `/admin/api/imports/${body.id}`;
      await eventually(async () => (await product.admin.get<{ status: string }>(path)).body.status.startsWith('completed'), 'it ends');
      return (await product.admin.get<{ counts: object }>(path)).body.counts;
    };

    expect(await importing(`ID,First Name\r\n${erased.id},Amanda\r\n`)).toMatchObject({ failed: 1, replaced: 0 });
    expect(await importing(`ID,First Name,Enabled\r\n${erased.id},Erased,0\r\n`)).toMatchObject({ failed: 0, unchanged: 1 });
  });

  it('is told by no error of an import whose file is gone, where nobody knows which rows were his', async () => {
    const { admin, work } = product;
    const person = await aCustomerUser(admin);
    const form = multipart({
      file: `Email Address,Phone,Birthday\r\n${person.email},call-vanessa,1971-02-31\r\n`,
      fields: { entity: 'customer-users' },
    });
    const { body } = await admin.post<{ id: number }>('/admin/api/imports', form.body, { 'content-type': form.type });
    const path = `/admin/api/imports/${body.id}`;
    await eventually(async () => (await admin.get<{ status: string }>(path)).body.status.startsWith('completed'), 'it ends');
    const { fileKey, contentKey } = await work.repository(Import).findOneByOrFail({ id: body.id });
    await product.inside(FilesKeeper).remove({ keys: [fileKey, contentKey].filter((key) => key !== null) });

    await erase(person.id);
    const values = async () => (await list<{ value: string | null }>(`${path}/errors`)).map(({ value }) => value);
    await eventually(async () => (await values()).every((value) => value === null), 'the errors say no more');
    expect((await values()).length).toBeGreaterThan(0);
  });

  it('leaves his email address to be used anew', async () => {
    const { id } = await aCustomerUser(product.admin, { email: TELLING.email });

    expect(id).not.toBe(erased.id);
    await product.admin.delete(`${USERS}/${id}`);
  });

  it('is erased in the version that If-Match names alone', async () => {
    const person = await aCustomerUser(product.admin);

    expect(await erase<{ code: string }>(person.id, { 'if-match': '"9"' })).toMatchObject({ status: 412 });
    expect((await product.admin.get<Person>(`${USERS}/${person.id}`)).body.email).toBe(person.email);
  });

  it('is erased once by two at once', async () => {
    const { id } = await aCustomerUser(product.admin);

    const answers = await Promise.all([erase(id), erase(id), erase(id)]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await historyOf(product, 'customer_user', id)).filter(({ action }) => action === 'erased')).toHaveLength(1);
  });

  it('may have documents, which would keep him from being deleted', async () => {
    const person = await aCustomerUser(product.admin);
    await aDocument(product.admin, { customerId: person.customer.id, customerUserId: person.id });

    expect((await product.admin.delete(`${USERS}/${person.id}`)).status).toBe(409);
    expect((await erase(person.id)).status).toBe(200);
  });

  it.each([
    ['was being written meanwhile', () => undefined],
    [
      'was written meanwhile by who has not come to tell of it',
      () => {
        throw new Error('cut off');
      },
    ],
  ])('is told by no mail that %s', async (_what, end) => {
    const { id, email } = await aCustomerUser(product.admin);
    const transport = product.inside(MailTransport);
    const send = transport.send.bind(transport);
    const overtaken = jest.spyOn(transport, 'send').mockImplementation(async (mail) => {
      if (mail.to.address !== email) return send(mail);
      await erase(id);
      const sent = await send(mail);
      end();
      return sent;
    });

    await product.nobody.post('/api/password/forgot', { email });
    await eventually(() => overtaken.mock.calls.some(([{ to }]) => to.address === email), 'a mail to him is written');
    await everythingIsSent(product, 2 * MINUTE);
    overtaken.mockRestore();

    expect((await product.mails()).filter(({ to }) => to === email)).toEqual([]);
    expect(await list(`/admin/api/emails?filter[customerUserId]=${id}`)).toMatchObject([{ status: 'given-up', subject: '(erased)' }]);
  });

  it('leaves colleagues and their customer as they are', async () => {
    const customerId = (await product.admin.post<{ id: number }>('/admin/api/customers', { name: 'Amanda Cole' })).body.id;
    const colleague = await aCustomerUser(product.admin, { customerId, firstName: 'Brenda' });
    const { id } = await aCustomerUser(product.admin, { customerId });

    expect((await erase(id)).body.customer.name).toBe('Amanda Cole');
    expect((await product.admin.get<Person>(`${USERS}/${colleague.id}`)).body).toEqual({ ...colleague });
  });

  it('may be a guest, whose email address others have: what is kept under it alone stays theirs', async () => {
    const { id, email } = await aCustomerUser(product.admin);
    const { body: guest } = await product.admin.post<Person>(USERS, aDraft({ email, guest: true }));
    await product.tryLogIn('/api', email, 'Not-his-password-1');

    expect((await erase(guest.id)).status).toBe(200);

    expect(await list(`/admin/api/login-attempts?filter[customerUserId]=${id}`)).toMatchObject([{ username: email, ip: '127.0.0.1' }]);
    await product.admin.delete(`${USERS}/${guest.id}`);
  });
});
