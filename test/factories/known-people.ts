import type { ConsentView } from '../../src/consents/index.js';
import type { CustomerUserView } from '../../src/customer-users/index.js';
import { LinkToken } from '../../src/customer-users/accounts/link-token.entity.js';
import { multipart } from '../support/imports/multipart.js';
import { eventually } from '../support/jobs/eventually.js';
import type { Caller, Product, Tokens } from '../support/product.js';
import { created } from './created.js';
import { aCustomField } from './custom-fields.js';
import { aCustomerUser, PASSWORD } from './customer-users.js';
import { aDocument } from './documents.js';
import type { Json } from './json.js';
import { A_VISIT, anUpload } from './person-records.js';

/** What says who somebody is, and stands nowhere else. */
export const TELLING = {
  email: 'zebulon.quartermaine@erasable.example',
  firstName: 'Zebulon',
  lastName: 'Quartermaine',
  formerLastName: 'Featherstone',
  namePrefix: 'Zeremony Prof.',
  middleName: 'Zachary-Quill',
  nameSuffix: 'Zuffix III',
  phone: '+493012345678',
  birthday: '1971-02-03',
  externalId: 'CRM-ZQ-4711',
  street: '77 Vanishing Lane',
  field: 'left-handed-zebra',
  wantedEmail: 'zeb.newly@erasable.example',
  application: 'Zebulons robot',
  browser: 'Zebrowser/9',
  ip: '198.51.100.77',
  note: 'Zig-zags when asked for money.',
  visit: 'Zero-sum haggling',
  contract: 'Zany clauses inside',
};

export interface KnownPerson {
  person: Json<CustomerUserView>;
  consentId: number;
  importId: number;
  exportId: number;
  clientId: string;
  clientSecret: string;
  /** As he was logged in. */
  self: Caller;
}

interface Run {
  id: number;
  status: string;
}

const ended = async (admin: Caller, path: string): Promise<void> =>
  eventually(async () => /completed|failed/.test((await admin.get<Run>(path)).body.status), `${path} ends`);

/** Somebody of whom every part of the product keeps something. He is his customer's only person, and gave it the name that he had then. */
export async function aKnownPerson(product: Product): Promise<KnownPerson> {
  const { admin } = product;
  const { email, firstName, formerLastName, lastName, phone, birthday, externalId, street, field, wantedEmail, browser, ip } = TELLING;
  const { namePrefix, middleName, nameSuffix } = TELLING;
  const customField = await aCustomField(admin);
  const consent = created(await admin.post<Json<ConsentView>>('/admin/api/consents', { name: 'Terms', text: 'Be kind.' }));
  const address = {
    street,
    city: 'Berlin',
    postalCode: '10115',
    countryCode: 'DE',
    regionCode: 'DE-BE',
    company: `${firstName} ${lastName}`,
    ...{ namePrefix, firstName, middleName, lastName, nameSuffix, phone },
  };
  const names = {
    email,
    namePrefix,
    firstName,
    middleName,
    lastName: formerLastName,
    nameSuffix,
    phone,
    birthday,
    externalId,
    customFields: { [customField.name]: field },
  };
  const draft = { ...names, password: PASSWORD, addresses: [address] };
  const path = '/admin/api/customer-users';
  const { id, customer } = created(await admin.post<Json<CustomerUserView>>(path, draft));
  await admin.patch(`${path}/${id}`, { lastName });

  const there = product.nobody.from(ip);
  const login = (password: string) => there.post<Tokens>('/api/auth/login', { email, password }, { 'user-agent': browser });
  await login('Not-his-password-1');
  await there.post('/api/password/forgot', { email });
  const self = product.as((await login(PASSWORD)).body.accessToken).from(ip);
  await self.post('/api/me/consents', { consentId: consent.id, version: 1 }, { 'user-agent': browser });
  await self.delete(`/api/me/consents/${consent.id}`, { 'user-agent': browser });
  await self.patch('/api/me', { firstName: `${firstName}us` });
  await self.patch('/api/me', { firstName });
  await self.post('/api/me/email', { email: wantedEmail, currentPassword: PASSWORD });
  const application = await admin.post<{ clientId: string; clientSecret: string }>(`${path}/${id}/oauth-applications`, {
    name: TELLING.application,
  });
  await admin.post(`${path}/${id}/notes`, { text: TELLING.note });
  await admin.post(`${path}/${id}/calendar-events`, { ...A_VISIT, title: TELLING.visit, attendees: [{ email }] });
  await anUpload(admin, `${path}/${id}/attachments`, { file: `By ${firstName}`, fields: { comment: TELLING.contract } });
  const { id: other } = await aCustomerUser(admin);
  await admin.post(`${path}/${other}/calendar-events`, { ...A_VISIT, title: 'Meeting with others', attendees: [{ email, name: 'Zeb' }] });
  await aDocument(admin, { customerId: customer.id, customerUserId: id });
  const file = `Email Address,Birthday,First Name\r\n${email},1971-02-31,${firstName}\r\nsomebody.else@erasable.example,1971-02-31,Elsa\r\n`;
  const form = multipart({ file, fileName: 'people.csv', fields: { entity: 'customer-users' } });
  const { body: upload } = await admin.post<Run>('/admin/api/imports', form.body, { 'content-type': form.type });
  const renaming = `Email Address,First Name,Last Name\r\n${email},${firstName}us,${lastName}\r\n`;
  const trial = multipart({ file: renaming, fields: { entity: 'customer-users', mode: 'validate', differences: 'true' } });
  const { body: validation } = await admin.post<Run>('/admin/api/imports', trial.body, { 'content-type': trial.type });
  const { body: download } = await admin.post<Run>('/admin/api/exports', { entity: 'customer-users', filter: { email } });
  for (const { id: importId } of [upload, validation]) await ended(admin, `/admin/api/imports/${importId}`);
  await ended(admin, `/admin/api/exports/${download.id}`);
  await admin.post(`${path}/${id}/notes`, { text: `Once more: ${TELLING.note}` }, { 'idempotency-key': `note-of-${id}` });
  const asked = { customerUserId: id, purpose: 'reset-password' } as const;
  await eventually(() => product.work.repository(LinkToken).existsBy(asked), 'his request for a password is answered');
  await eventually(async () => (await product.mails()).some(({ to }) => to === email), 'he gets a mail');

  const { body: person } = await admin.get<Json<CustomerUserView>>(`${path}/${id}`);
  return { person, consentId: consent.id, importId: upload.id, exportId: download.id, ...application.body, self };
}
