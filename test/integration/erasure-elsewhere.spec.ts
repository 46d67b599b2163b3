import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SealedContext } from '../../src/notifications/emails/sealed-context.js';
import { EmailRow } from '../../src/notifications/emails/email.entity.js';
import { anAddressDraft } from '../factories/addresses.js';
import { aCustomField } from '../factories/custom-fields.js';
import { aCustomerUser, PASSWORD } from '../factories/customer-users.js';
import { aRule, aTemplate } from '../factories/notifications.js';
import { A_VISIT } from '../factories/person-records.js';
import type { Listed } from '../support/client.js';
import { multipart } from '../support/imports/multipart.js';
import { eventually } from '../support/jobs/eventually.js';
import { type Product, startProduct } from '../support/product.js';
import { everythingForgets, tracesOf } from '../support/traces.js';

const USERS = '/admin/api/customer-users';

/** What says who he is: a name that HTML escapes, and addresses that he had before. */
const HIS = {
  firstName: "Xan'thippus",
  lastName: 'Ölberg-Wackernagel',
  email: 'xanthippus@wackernagel.example',
  formerEmail: 'former.xan@wackernagel.example',
  phone: '+493087654321',
  privateEmail: 'xan.private@elsewhere.example',
};

const text = (words: string) => [{ localizationId: null, subject: words, html: `<p>${words}</p>`, text: words }];

describe('Somebody who is erased, in what is about others', () => {
  let product: Product;
  let id: number;
  let oldCustomerId: number;
  let newCustomerId: number;
  let colleagueId: number;

  const mailsOf = async (address: string) =>
    (await product.admin.get<Listed<{ id: number; subject: string; status: string }>>(`/admin/api/emails?filter[to]=${address}&limit=200`))
      .body.items;

  const sent = (address: string) =>
    eventually(async () => (await mailsOf(address)).every(({ status }) => status === 'sent'), `mails to ${address} are sent`);

  beforeAll(async () => {
    product = await startProduct();
    const { admin } = product;
    const field = await aCustomField(admin);
    const told = async (event: string, words: string, recipient: object) =>
      aRule(admin, { event, templateId: (await aTemplate(admin, { translations: text(words) })).id, recipients: [recipient] });
    const to = (address: string) => ({ type: 'address', address });
    await told('customer.created', 'New customer {{name}}', to('sales@merchant.example'));
    await told('oauth_application.created', '{{applicationName}} of {{owner.fullName}}', to('security@merchant.example'));
    await told('customer_user.changed', '{{by}} changed {{firstName}}', to('watch@merchant.example'));
    await told('customer_user.disabled', '{{fullName}} is off', to('gate@merchant.example'));

    const { firstName, lastName, email, formerEmail, privateEmail, phone } = HIS;
    const person = await aCustomerUser(admin, { firstName, lastName, email: formerEmail, password: PASSWORD });
    ({ id } = person);
    oldCustomerId = person.customer.id;
    newCustomerId = (await admin.post<{ id: number }>('/admin/api/customers', { name: 'Northwind' })).body.id;
    colleagueId = (await aCustomerUser(admin, { customerId: newCustomerId, firstName: 'Brenda' })).id;
    await product.tryLogIn('/api', formerEmail, 'Not-his-password-1');
    await admin.patch(`${USERS}/${id}`, { email, phone, customerId: newCustomerId, customFields: { [field.name]: privateEmail } });
    await product.tryLogIn('/api', formerEmail, 'Not-his-password-1');
    await product.tryLogIn('/admin/api', email, 'Not-his-password-1');
    await admin.post(`/admin/api/customers/${newCustomerId}/addresses`, { ...anAddressDraft({ firstName, lastName }) });
    await admin.post(`${USERS}/${colleagueId}/calendar-events`, { ...A_VISIT, attendees: [{ email }, { email: formerEmail }] });
    await admin.post(`${USERS}/${id}/oauth-applications`, { name: `Robot of ${firstName}` });
    await admin.post(`${USERS}/${id}/disable`);
    await admin.post(`${USERS}/${id}/enable`);

    const file = `First Name,Last Name,Email Address,Phone\r\n${firstName},${lastName},xanthippus at wackernagel.example,\r\nElsa,Else,nowhere,\r\nXan,,,${phone}\r\n`;
    const fileName = `${lastName}, ${firstName}.csv`;
    const form = multipart({ file, fileName, fields: { entity: 'customer-users' } });
    const { body } = await admin.post<{ id: number }>('/admin/api/imports', form.body, { 'content-type': form.type });
    const broken = multipart({ file: `ID,First Name\r\n${id},${firstName}\r\n,"`, fields: { entity: 'customer-users' } });
    const { body: unread } = await admin.post<{ id: number }>('/admin/api/imports', broken.body, { 'content-type': broken.type });
    const run = async (path: string) => (await admin.get<{ status: string }>(path)).body.status;
    await eventually(async () => (await run(`/admin/api/imports/${body.id}`)).startsWith('completed'), 'the import ends');
    await eventually(async () => (await run(`/admin/api/imports/${unread.id}`)) === 'failed', 'a file that nobody can read fails');
    const { body: exported } = await admin.post<{ id: number }>('/admin/api/exports', { entity: 'customer-users', filter: { lastName } });
    await eventually(async () => (await run(`/admin/api/exports/${exported.id}`)) === 'completed', 'the export ends');

    const self = product.as((await product.logIn(email, PASSWORD)).accessToken);
    await self.patch('/api/me', { firstName: 'Xandi' });
    await self.patch('/api/me', { firstName });
    for (const address of ['watch@merchant.example', 'security@merchant.example', 'sales@merchant.example']) await sent(address);
    const emails = product.work.repository(EmailRow);
    const [about] = await mailsOf('sales@merchant.example');
    const row = await emails.findOneByOrFail({ id: about?.id ?? 0 });
    const waiting = {
      ...row,
      id: undefined,
      messageId: 'waiting@merchant.example',
      toAddress: 'later@merchant.example',
      status: 'failed',
    } as const;
    const by = { ...product.inside(SealedContext).open(row.sealedContext ?? ''), name: `Northwind, by ${firstName} ${lastName}` };
    await emails.insert({ ...waiting, sealedContext: product.inside(SealedContext).close(by), lastError: `550 <${email}>: no` });

    await admin.post(`${USERS}/${id}/erase`);
    await everythingForgets(product);
  });
  afterAll(() => product.close());

  it('is told by nothing, whatever he was called, and wherever he was reached before', async () => {
    expect(await tracesOf(product, { ...HIS, escaped: 'Xan&#x27;thippus', malformed: 'xanthippus at', nickname: 'Xandi' })).toEqual([]);
  });

  it('leaves mails to others that say his pseudonym, also when they are sent again', async () => {
    const pseudonym = `Erased #${id}`;
    expect((await mailsOf('sales@merchant.example')).map(({ subject }) => subject)).toEqual(
      expect.arrayContaining([`New customer ${pseudonym}`, 'New customer Northwind']),
    );
    const [later] = await mailsOf('later@merchant.example');
    await product.admin.post(`/admin/api/emails/${later?.id}/resend`);
    await eventually(async () => (await mailsOf('later@merchant.example'))[0]?.status === 'sent', 'it is sent again');
    expect((await mailsOf('later@merchant.example'))[0]?.subject).toBe(`New customer Northwind, by ${pseudonym}`);
  });

  it('leaves of mails about his applications, and about himself, that they were sent', async () => {
    for (const address of ['security@merchant.example', 'watch@merchant.example'])
      expect((await mailsOf(address)).map(({ subject }) => subject)).toEqual(expect.arrayContaining(['(erased)']));
  });

  it('gives the customer that he came with another name, and leaves the one that others are of', async () => {
    const nameOf = async (customerId: number) =>
      (await product.admin.get<{ name: string }>(`/admin/api/customers/${customerId}`)).body.name;

    expect(await nameOf(oldCustomerId)).toBe(`Erased #${id}`);
    expect(await nameOf(newCustomerId)).toBe('Northwind');
    expect((await product.admin.get<Listed<object>>(`/admin/api/customers/${newCustomerId}/addresses`)).body.items).toMatchObject([
      { firstName: 'Erased', lastName: `#${id}`, phone: null, city: 'Rochester' },
    ]);
  });

  it('is told by the mails of others still where a namesake is', async () => {
    const { admin } = product;
    const [one, other] = [await aCustomerUser(admin, { lastName: 'Namesake' }), await aCustomerUser(admin, { lastName: 'Namesake' })];
    const name = `${other.firstName} ${other.lastName}`;
    await sent('sales@merchant.example');

    await admin.post(`${USERS}/${one.id}/erase`);
    await everythingForgets(product);

    const subjects = (await mailsOf('sales@merchant.example')).map(({ subject }) => subject);
    expect(subjects).toContain(`New customer ${name}`);
  });
});

describe('Somebody who is erased where there is a mail server', () => {
  it('is told by no mail from a time before there was one', async () => {
    // Nothing listens there.
    const product = await startProduct({ SMTP_URL: 'smtp://127.0.0.1:1' });
    const { outbox } = product.configuration.mail;
    const { id, email } = await aCustomerUser(product.admin);
    await mkdir(outbox, { recursive: true });
    for (const to of [email, 'colleague@wackernagel.example'])
      await writeFile(join(outbox, `${to}.eml`), `From: shop@merchant.example\r\nTo: ${to}\r\nSubject: Welcome\r\n\r\nHello\r\n`);

    const { status } = await product.admin.post(`${USERS}/${id}/erase`);
    const left = await readdir(outbox);
    await product.close();

    expect([status, left]).toEqual([200, ['colleague@wackernagel.example.eml']]);
  });
});
