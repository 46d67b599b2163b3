import { anAddress, anAddressDraft } from '../../factories/addresses.js';
import { aRoleOverHttp } from '../../factories/customer-user-roles.js';
import { aCustomerUser, aDraft, PASSWORD } from '../../factories/customer-users.js';
import { aCustomer } from '../../factories/customers.js';
import type { Product } from '../product.js';
import type { BodyRoute } from './body-route.js';
import type { World } from './world.js';

const colleague = async ({ admin }: Product, { customerId }: World) => (await aCustomerUser(admin, { customerId, password: undefined })).id;
const subsidiary = async ({ admin }: Product, { customerId }: World) => (await aCustomer(admin, { parentId: customerId })).id;

const role = async ({ admin }: Product, { customerId }: World) => (await aRoleOverHttp(admin, { customerId })).id;
const ROLES = '/api/customer-user-roles';

const EVERY_ADDRESS_MEMBER = {
  ...{ label: 'Plant', namePrefix: 'Ms.', middleName: 'M.', nameSuffix: 'Jr.', street2: 'Gate 4', regionText: null, phone: '+49301234567' },
  ...{ primary: true, types: [{ type: 'billing', default: true }] },
};

const personBody = ({ customerId, buyerRoleId }: World) => ({
  ...{ namePrefix: 'Ms.', middleName: 'M.', nameSuffix: 'Jr.', birthday: '1985-03-09', phone: '+49301234567' },
  ...{ enabled: true, confirmed: true, password: PASSWORD, customerId, preferredLocalizationId: null, roleIds: [buyerRoleId] },
  addresses: [],
  ...aDraft(),
});

/** The delegated management of the storefront. */
export const STOREFRONT_ROUTES: readonly BodyRoute[] = [
  {
    ...{ method: 'POST', route: '/api/customer-users', as: 'boss', required: ['email', 'firstName', 'lastName'] },
    body: (world) => ({ ...personBody(world), generatePassword: false, sendWelcomeEmail: false }),
  },
  { method: 'PATCH', route: '/api/customer-users/:id', as: 'boss', id: colleague, body: personBody },
  {
    ...{ method: 'POST', route: '/api/customer-users/bulk', as: 'boss', required: ['action'] },
    body: ({ buyerId, buyerRoleId }) => ({ action: 'assign-roles', ids: [buyerId], roleIds: [buyerRoleId] }),
  },
  {
    ...{ method: 'POST', route: '/api/customers', as: 'boss', required: ['name'] },
    body: ({ customerId }) => ({ name: 'Subsidiary', parentId: customerId }),
  },
  {
    ...{ method: 'PATCH', route: '/api/customers/:id', as: 'boss', id: subsidiary },
    body: ({ customerId }) => ({ name: 'Subsidiary', parentId: customerId }),
  },
  {
    ...{ method: 'POST', route: '/api/addresses', as: 'boss', required: ['street', 'city', 'postalCode', 'countryCode'] },
    body: ({ buyerId }) => ({ ...anAddressDraft(EVERY_ADDRESS_MEMBER), customerUserId: buyerId }),
  },
  {
    ...{ method: 'PATCH', route: '/api/addresses/:id', as: 'boss' },
    id: async ({ admin }, { customerId }) => (await anAddress(admin, `/admin/api/customers/${customerId}/addresses`)).id,
    body: () => anAddressDraft(EVERY_ADDRESS_MEMBER),
  },
  {
    ...{ method: 'POST', route: ROLES, as: 'boss', required: ['label'] },
    body: ({ customerId, next }) => ({ label: `Role of bodies ${next()}`, customerId }),
  },
  { method: 'PATCH', route: `${ROLES}/:id`, as: 'boss', id: role, body: ({ next }) => ({ label: `Role of bodies ${next()}` }) },
  {
    ...{ method: 'PUT', route: `${ROLES}/:id/permissions`, as: 'boss', id: role },
    ...{ required: ['permissions', 'capabilities'], open: ['permissions', 'capabilities'] },
    body: () => ({ permissions: { customer_user: { view: 'own' } }, capabilities: { update_own_profile: true } }),
  },
  {
    ...{ method: 'POST', route: `${ROLES}/:id/clone`, as: 'boss', id: role },
    body: ({ customerId, next }) => ({ label: `Role of bodies ${next()}`, customerId }),
  },
];

export const STOREFRONT_ID_ROUTES = [
  ...['customers', 'customer-users', 'addresses', 'customer-user-roles'].flatMap((things) =>
    (['GET', 'PATCH', 'DELETE'] as const).map((method) => [method, `/api/${things}/:id`, 'boss'] as const),
  ),
  ['GET', '/api/customers/:id/tree', 'boss'] as const,
  ['GET', `${ROLES}/:id/permissions`, 'boss'] as const,
  ['POST', `${ROLES}/:id/clone`, 'boss'] as const,
  ...['enable', 'disable', 'confirm', 'resend-confirmation', 'reset-password'].map(
    (act) => ['POST', `/api/customer-users/:id/${act}`, 'boss'] as const,
  ),
];

export const STOREFRONT_LISTS = [
  'customers',
  'customer-users',
  'addresses',
  'customer-user-roles',
  'me/sessions',
  'me/consents',
  'me/consents/1/acceptances',
  'consents',
].map((things) => `/api/${things}`);
