import type { ConsentView } from '../../src/consents/index.js';
import type { CustomerUserView } from '../../src/customer-users/index.js';
import { multipart } from '../support/imports/multipart.js';
import { eventually } from '../support/jobs/eventually.js';
import type { Caller, Product } from '../support/product.js';
import { created } from './created.js';
import { aCustomField } from './custom-fields.js';
import { PASSWORD } from './customer-users.js';
import { aDocument } from './documents.js';
import type { Json } from './json.js';

/** What says who somebody is, and stands nowhere else. */
export const TELLING = {
  email: 'zebulon.quartermaine@erasable.example',
  firstName: 'Zebulon',
  lastName: 'Quartermaine',
  formerLastName: 'Featherstone',
  phone: '+493012345678',
  birthday: '1971-02-03',
  externalId: 'CRM-ZQ-4711',
  street: '77 Vanishing Lane',
  field: 'left-handed-zebra',
  wantedEmail: 'zeb.newly@erasable.example',
  application: 'Zebulons robot',
  browser: 'Zebrowser/9',
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
  const { email, firstName, formerLastName, lastName, phone, birthday, externalId, street, field, wantedEmail, browser } = TELLING;
  const customField = await aCustomField(admin);
  const consent = created(await admin.post<Json<ConsentView>>('/admin/api/consents', { name: 'Terms', text: 'Be kind.' }));
  const address = {
    street,
    city: 'Berlin',
    postalCode: '10115',
    countryCode: 'DE',
    regionCode: 'DE-BE',
    company: `${firstName} ${lastName}`,
  };
  const names = { email, firstName, lastName: formerLastName, phone, birthday, externalId, customFields: { [customField.name]: field } };
  const draft = { ...names, password: PASSWORD, addresses: [address] };
  const path = '/admin/api/customer-users';
  const { id, customer } = created(await admin.post<Json<CustomerUserView>>(path, draft));
  await admin.patch(`${path}/${id}`, { lastName });

  await product.tryLogIn('/api', email, 'Not-his-password-1');
  const self = product.as((await product.logIn(email, PASSWORD)).accessToken);
  await self.post('/api/me/consents', { consentId: consent.id, version: 1 }, { 'user-agent': browser });
  await self.delete(`/api/me/consents/${consent.id}`, { 'user-agent': browser });
  await self.patch('/api/me', { firstName: `${firstName}us` });
  await self.patch('/api/me', { firstName });
  await self.post('/api/me/email', { email: wantedEmail, currentPassword: PASSWORD });
  const application = await admin.post<{ clientId: string; clientSecret: string }>(`${path}/${id}/oauth-applications`, {
    name: TELLING.application,
  });
  await aDocument(admin, { customerId: customer.id, customerUserId: id });
  const file = `Email Address,Birthday,First Name\r\n${email},1971-02-31,${firstName}\r\nsomebody.else@erasable.example,1971-02-31,Elsa\r\n`;
  const form = multipart({ file, fileName: 'people.csv', fields: { entity: 'customer-users' } });
  const { body: upload } = await admin.post<Run>('/admin/api/imports', form.body, { 'content-type': form.type });
  const { body: download } = await admin.post<Run>('/admin/api/exports', { entity: 'customer-users', filter: { email } });
  await ended(admin, `/admin/api/imports/${upload.id}`);
  await ended(admin, `/admin/api/exports/${download.id}`);
  await eventually(async () => (await product.mails()).some(({ to }) => to === email), 'he gets a mail');

  const { body: person } = await admin.get<Json<CustomerUserView>>(`${path}/${id}`);
  return { person, consentId: consent.id, importId: upload.id, exportId: download.id, ...application.body, self };
}
