import { created } from '../../factories/created.js';
import { aCustomer } from '../../factories/customers.js';
import { aCustomerUser, PASSWORD } from '../../factories/customer-users.js';
import { aStorefrontCaller } from '../../factories/storefront.js';
import type { Listed } from '../client.js';
import { multipart } from '../imports/multipart.js';
import type { Caller, Product } from '../product.js';

/** What the routes of the journey need to find. */
export interface World {
  readonly customerId: number;
  readonly buyerRoleId: number;
  readonly buyerId: number;
  readonly consentId: number;
  readonly buyer: Caller;
  /** An administrator of the buyer's customer. */
  readonly boss: Caller;
  /** A number that was not there before. */
  readonly next: () => number;
}

interface Made {
  id: number;
}

let count = 0;
const next = () => (count += 1);

export async function aWorld(product: Product): Promise<World> {
  const { admin } = product;
  const { id: customerId } = await aCustomer(admin);
  const { id: buyerId, email } = await aCustomerUser(admin, { customerId });
  const roles = await admin.get<Listed<Made>>('/admin/api/customer-user-roles?filter[code]=ROLE_FRONTEND_BUYER');
  const { accessToken } = await product.logIn(email, PASSWORD);
  await anImport(product);
  return {
    ...{ customerId, buyerId, buyer: product.as(accessToken), next },
    boss: await aStorefrontCaller(product, { customerId }),
    buyerRoleId: roles.body.items[0]?.id ?? 0,
    consentId: await aConsent(product),
  };
}

export const aConsent = async ({ admin }: Product): Promise<number> =>
  created(await admin.post<Made>('/admin/api/consents', { name: 'Terms', text: 'Be kind.', enabled: true })).id;

/** Of people without an address: each row fails. */
async function anImport({ admin }: Product): Promise<void> {
  const { body, type } = multipart({ file: 'First Name,Last Name\nAmanda,Cole\n', fields: { entity: 'customer-users', mode: 'validate' } });
  created(await admin.post('/admin/api/imports', body, { 'content-type': type }));
}

export const aGroup = async ({ admin }: Product): Promise<number> =>
  created(await admin.post<Made>('/admin/api/customer-groups', { name: `Group of world ${next()}` })).id;

export const anApplication = async ({ admin }: Product): Promise<number> => {
  const person = await aCustomerUser(admin);
  return created(await admin.post<Made>(`/admin/api/customer-users/${person.id}/oauth-applications`, { name: 'Connector' })).id;
};

export const aLanguage = async ({ admin }: Product): Promise<number> =>
  created(await admin.post<Made>('/admin/api/localizations', { name: `Dialect ${next()}`, languageCode: 'de' })).id;

export const anOrganizationApart = async ({ admin }: Product): Promise<number> =>
  created(await admin.post<Made>('/admin/api/organizations', { name: `Elsewhere ${next()}` })).id;

/** Apart from the customer users of other routes, who get what their website gives. */
export const aSite = async (product: Product): Promise<number> => {
  const draft = { name: `Site ${next()}`, url: 'https://site.example', organizationId: await anOrganizationApart(product) };
  return created(await product.admin.post<Made>('/admin/api/websites', draft)).id;
};
