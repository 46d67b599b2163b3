import type { Product } from '../product.js';
import { aConsent, aGroup, aLanguage, anApplication, anOrganizationApart, aSite } from './world.js';
import { aCustomField } from '../../factories/custom-fields.js';
import { aCustomer } from '../../factories/customers.js';
import { aCustomerUser, aDraft, PASSWORD } from '../../factories/customer-users.js';
import { anAddress, anAddressDraft } from '../../factories/addresses.js';
import { aRegistration } from '../../factories/registrations.js';
import type { BodyRoute } from './body-route.js';
import { NOTIFICATION_ROUTES } from './notification-routes.js';
import { RECORD_ID_ROUTES, RECORD_LISTS, RECORD_ROUTES } from './record-routes.js';
import { ROLE_ROUTES } from './role-routes.js';
import { STOREFRONT_ID_ROUTES, STOREFRONT_LISTS, STOREFRONT_ROUTES } from './storefront-routes.js';
import { USER_ROUTES } from './user-routes.js';

const customer = async ({ admin }: Product) => (await aCustomer(admin)).id;
const person = async ({ admin }: Product) => (await aCustomerUser(admin)).id;

const connector = (n: number | string) => ({ name: `Connector ${n}`, scopes: ['customer_user:view'], active: true, organizationId: 1 });
const aConnector = (n: number | string) => ({ ...connector(n), secretExpiresAt: '2999-01-01T00:00:00.000Z' });

const EVERY_ADDRESS_MEMBER = {
  ...{ label: 'Plant', namePrefix: 'Ms.', middleName: 'M.', nameSuffix: 'Jr.', street2: 'Gate 4', regionText: null, phone: '+49301234567' },
  ...{ primary: true, types: [{ type: 'billing', default: true }] },
};

export const BODY_ROUTES: readonly BodyRoute[] = [
  {
    method: 'POST',
    route: '/admin/api/auth/login',
    required: ['email', 'password'],
    body: () => ({ email: 'no@body.example', password: PASSWORD }),
  },
  {
    method: 'POST',
    route: '/api/auth/login',
    required: ['email', 'password'],
    body: () => ({ email: 'no@body.example', password: PASSWORD, websiteId: 1 }),
  },
  { method: 'POST', route: '/admin/api/auth/refresh', required: ['refreshToken'], body: () => ({ refreshToken: '1.1.a.b' }) },
  { method: 'POST', route: '/api/auth/refresh', required: ['refreshToken'], body: () => ({ refreshToken: '1.1.a.b' }) },
  {
    ...{ method: 'POST', route: '/api/registration', required: ['firstName', 'lastName', 'email', 'password'] },
    body: () => ({ ...aRegistration(), websiteId: 1, consents: [] }),
  },
  { method: 'POST', route: '/api/registration/confirm', required: ['token'], body: () => ({ token: 'a'.repeat(43) }) },
  ...['/api/registration/resend', '/api/password/forgot'].map((route): BodyRoute => ({
    method: 'POST',
    route,
    required: ['email'],
    body: () => ({ email: 'no@body.example', websiteId: 1 }),
  })),
  { method: 'POST', route: '/api/me/email/confirm', required: ['token'], body: () => ({ token: 'a'.repeat(43) }) },
  {
    ...{ method: 'POST', route: '/api/me/password', as: 'buyer', required: ['currentPassword', 'newPassword'] },
    body: () => ({ currentPassword: 'Wrong-horse-1', newPassword: PASSWORD }),
  },
  {
    ...{ method: 'POST', route: '/api/me/email', as: 'buyer', required: ['email', 'currentPassword'] },
    body: () => ({ email: 'no@body.example', currentPassword: 'Wrong-horse-1' }),
  },
  {
    ...{ method: 'PATCH', route: '/api/me', as: 'buyer' },
    body: () => ({
      ...{ namePrefix: 'Ms.', firstName: 'Amanda', middleName: 'M.', lastName: 'Cole', nameSuffix: 'Jr.' },
      ...{ birthday: '1985-03-09', phone: '+49301234567', preferredLocalizationId: null },
    }),
  },
  {
    method: 'POST',
    route: '/api/password/reset',
    required: ['token', 'password'],
    body: () => ({ token: 'a'.repeat(43), password: PASSWORD }),
  },
  {
    ...{ method: 'POST', route: '/admin/api/customers', as: 'admin', required: ['name'], open: ['customFields'] },
    body: ({ customerId }) => ({
      name: 'Acme',
      organizationId: 1,
      parentId: customerId,
      groupId: null,
      ownerId: 1,
      salesRepresentativeIds: [1],
      internalRating: 3,
      externalId: null,
      customFields: {},
    }),
  },
  {
    ...{ method: 'PATCH', route: '/admin/api/customers/:id', as: 'admin', open: ['customFields'], id: customer },
    body: () => ({
      name: 'Acme',
      parentId: null,
      groupId: null,
      ownerId: 1,
      salesRepresentativeIds: [],
      internalRating: 3,
      externalId: null,
      customFields: {},
    }),
  },
  ...['customers', 'customer-users'].map((owners): BodyRoute => ({
    ...{ method: 'POST', route: `/admin/api/${owners}/:id/addresses`, as: 'admin' },
    required: ['street', 'city', 'postalCode', 'countryCode'],
    id: (_product, { customerId, buyerId }) => (owners === 'customers' ? customerId : buyerId),
    body: () => anAddressDraft(EVERY_ADDRESS_MEMBER),
  })),
  ...['/admin/api/customers/1/addresses', '/admin/api/customer-users/1/addresses'].map((book): BodyRoute => ({
    ...{ method: 'PATCH', route: `${book}/:id`, as: 'admin' },
    id: async ({ admin }) => (await anAddress(admin, book)).id,
    body: () => anAddressDraft(EVERY_ADDRESS_MEMBER),
  })),
  {
    ...{ method: 'POST', route: '/admin/api/customer-groups', as: 'admin', required: ['name'] },
    body: ({ next }) => ({ name: `Group ${next()}`, organizationId: 1 }),
  },
  {
    ...{ method: 'PATCH', route: '/admin/api/customer-groups/:id', as: 'admin', id: aGroup },
    body: ({ next }) => ({ name: `Group ${next()}` }),
  },
  {
    ...{
      method: 'POST',
      route: '/admin/api/customer-users',
      as: 'admin',
      required: ['email', 'firstName', 'lastName'],
      open: ['customFields'],
    },
    body: ({ customerId, buyerRoleId }) => ({
      ...{ namePrefix: 'Ms.', middleName: 'M.', nameSuffix: 'Jr.', birthday: '1985-03-09', phone: '+49301234567', externalId: null },
      customFields: {},
      ...{
        enabled: true,
        confirmed: true,
        guest: false,
        organizationId: 1,
        generatePassword: false,
        sendWelcomeEmail: false,
        password: PASSWORD,
      },
      ...{ customerId, ownerId: 1, salesRepresentativeIds: [1], websiteId: 1, preferredLocalizationId: null, roleIds: [buyerRoleId] },
      addresses: [],
      ...aDraft(),
    }),
  },
  {
    ...{ method: 'PATCH', route: '/admin/api/customer-users/:id', as: 'admin', open: ['customFields'], id: person },
    body: ({ customerId, buyerRoleId }) => ({
      ...{ namePrefix: 'Ms.', middleName: 'M.', nameSuffix: 'Jr.', birthday: '1985-03-09', phone: '+49301234567', externalId: null },
      customFields: {},
      ...{ enabled: true, confirmed: true, password: PASSWORD },
      ...{ customerId, ownerId: 1, salesRepresentativeIds: [1], websiteId: 1, preferredLocalizationId: null, roleIds: [buyerRoleId] },
      addresses: [],
      ...aDraft(),
    }),
  },
  {
    ...{ method: 'POST', route: '/admin/api/customer-users/bulk', as: 'admin', required: ['action'] },
    body: ({ buyerId, buyerRoleId }) => ({ action: 'assign-roles', ids: [buyerId], roleIds: [buyerRoleId] }),
  },
  {
    ...{ method: 'POST', route: '/admin/api/customer-users/:id/oauth-applications', as: 'admin', required: ['name'] },
    id: (_product, { buyerId }) => buyerId,
    body: ({ next }) => aConnector(next()),
  },
  {
    ...{ method: 'POST', route: '/admin/api/users/:id/oauth-applications', as: 'admin', required: ['name'], id: () => 1 },
    body: ({ next }) => aConnector(next()),
  },
  {
    ...{ method: 'PATCH', route: '/admin/api/oauth-applications/:id', as: 'admin', id: anApplication },
    body: ({ next }) => connector(next()),
  },
  {
    ...{ method: 'POST', route: '/admin/api/oauth-applications/:id/secrets', as: 'admin', id: anApplication },
    body: () => ({ expiresAt: '2999-01-01T00:00:00.000Z' }),
  },
  {
    ...{ method: 'POST', route: '/admin/api/consents', as: 'admin' },
    body: () => ({
      kind: 'text',
      mandatory: true,
      enabled: false,
      position: 1,
      websiteIds: [1],
      websites: [{ websiteId: 1, enabled: false, position: 2 }],
      name: 'Privacy',
      text: 'We keep your name.',
    }),
  },
  {
    ...{ method: 'PATCH', route: '/admin/api/consents/:id', as: 'admin', id: aConsent },
    body: () => ({
      mandatory: true,
      enabled: false,
      position: 1,
      websiteIds: [1],
      websites: [{ websiteId: 1, enabled: null, position: 2 }],
    }),
  },
  {
    ...{ method: 'POST', route: '/admin/api/consents/:id/versions', as: 'admin', required: ['reacceptance'], id: aConsent },
    body: () => ({ name: 'Privacy', text: 'We keep your name, and your address.', effectiveAt: null, reacceptance: true }),
  },
  {
    ...{ method: 'POST', route: '/api/me/consents', as: 'buyer', required: ['consentId', 'version'] },
    body: ({ consentId }) => ({ consentId, version: 1, localizationId: 1 }),
  },
  {
    ...{ method: 'POST', route: '/admin/api/exports', as: 'admin', required: ['entity'], open: ['filter'] },
    body: () => ({
      entity: 'customer-users',
      filter: { enabled: true },
      sort: '-createdAt',
      columns: ['ID', 'Email Address'],
      format: 'csv',
    }),
  },
  {
    ...{ method: 'PUT', route: '/admin/api/commerce-documents/orders/:id', as: 'admin', required: ['customerId'], open: ['total'] },
    id: (_product, { next }) => next(),
    body: ({ customerId, buyerId }) => ({
      ...{ customerId, customerUserId: buyerId, number: 'SO-1', name: 'Spare parts', status: 'open', url: 'https://shop.example/orders/1' },
      ...{ total: { amount: 125_050, currency: 'EUR' }, placedAt: '2026-03-01T09:30:00.000Z' },
    }),
  },
  {
    ...{ method: 'POST', route: '/admin/api/organizations', as: 'admin', required: ['name'] },
    body: ({ next }) => ({ name: `Branch ${next()}`, enabled: true }),
  },
  {
    ...{ method: 'PATCH', route: '/admin/api/organizations/:id', as: 'admin', id: anOrganizationApart },
    body: ({ next }) => ({ name: `Branch ${next()}`, enabled: true }),
  },
  {
    ...{ method: 'POST', route: '/admin/api/websites', as: 'admin', required: ['name', 'url'] },
    body: ({ next, buyerRoleId }) => ({
      ...{ name: `Shop ${next()}`, url: 'https://shop.example', organizationId: 1, localizationIds: [1], defaultLocalizationId: 1 },
      ...{ defaultRoleId: buyerRoleId, guestRoleId: buyerRoleId, isDefault: false },
    }),
  },
  {
    ...{ method: 'PATCH', route: '/admin/api/websites/:id', as: 'admin', id: aSite },
    body: ({ next }) => ({ name: `Shop ${next()}`, url: 'https://shop.example', defaultRoleId: null, guestRoleId: null, isDefault: false }),
  },
  {
    ...{ method: 'POST', route: '/admin/api/localizations', as: 'admin', required: ['name', 'languageCode'] },
    body: ({ next }) => ({ name: `Language ${next()}`, languageCode: 'pt-BR', parentId: null, organizationId: 1 }),
  },
  {
    ...{ method: 'PATCH', route: '/admin/api/localizations/:id', as: 'admin', id: aLanguage },
    body: ({ next }) => ({ name: `Language ${next()}`, languageCode: 'pt-BR', parentId: null }),
  },
  {
    ...{ method: 'PUT', route: '/admin/api/settings/mail.senderName', as: 'admin', required: ['value'] },
    body: () => ({ value: 'Acme', organizationId: 1 }),
  },
  ...RECORD_ROUTES,
  ...ROLE_ROUTES,
  ...USER_ROUTES,
  ...STOREFRONT_ROUTES,
  ...NOTIFICATION_ROUTES,
  // Last: some of the fields that these make are required, of whatever is created after them.
  {
    ...{ method: 'POST', route: '/admin/api/custom-fields', as: 'admin', required: ['entity', 'name', 'type'] },
    body: ({ next }) => ({
      entity: 'customer',
      name: `Field ${next()}`,
      type: 'string',
      required: false,
      options: null,
      organizationId: 1,
    }),
  },
  {
    ...{ method: 'PATCH', route: '/admin/api/custom-fields/:id', as: 'admin' },
    id: async ({ admin }) => (await aCustomField(admin)).id,
    body: ({ next }) => ({ entity: 'customer_user', name: `Field ${next()}`, type: 'string', required: false, options: null }),
  },
];

const FOUNDATIONS = ['organizations', 'websites', 'localizations'];

/** Routes with ids in their paths, by method. */
export const ID_ROUTES: readonly (readonly ['GET' | 'POST' | 'PATCH' | 'DELETE', string, 'admin' | 'buyer' | 'boss'])[] = [
  ...[
    'customers',
    'customer-groups',
    'customer-users',
    'custom-fields',
    'oauth-applications',
    'consents',
    'users',
    'user-roles',
    'email-templates',
    'notification-rules',
    ...FOUNDATIONS,
  ].flatMap((things) => (['GET', 'PATCH', 'DELETE'] as const).map((method) => [method, `/admin/api/${things}/:id`, 'admin'] as const)),
  ['GET', '/admin/api/customers/:id/tree', 'admin'],
  ...['enable', 'disable', 'confirm', 'resend-confirmation', 'reset-password', 'oauth-applications', 'data-export', 'erase'].map(
    (act) => ['POST', `/admin/api/customer-users/:id/${act}`, 'admin'] as const,
  ),
  ...['customers', 'customer-users'].flatMap((owners) =>
    (['GET', 'POST'] as const).map((method) => [method, `/admin/api/${owners}/:id/addresses`, 'admin'] as const),
  ),
  ...(['GET', 'PATCH', 'DELETE'] as const).flatMap((method) => [
    [method, '/admin/api/customers/1/addresses/:id', 'admin'] as const,
    [method, '/admin/api/customer-users/:id/addresses/1', 'admin'] as const,
  ]),
  ...['activate', 'deactivate', 'secrets'].map((act) => ['POST', `/admin/api/oauth-applications/:id/${act}`, 'admin'] as const),
  ...['consents', 'emails', 'history', 'oauth-applications'].map(
    (part) => ['GET', `/admin/api/customer-users/:id/${part}`, 'admin'] as const,
  ),
  ['DELETE', '/admin/api/oauth-applications/:id/secrets/1', 'admin'],
  ...(['GET', 'POST'] as const).map((method) => [method, '/admin/api/users/:id/oauth-applications', 'admin'] as const),
  ['GET', '/admin/api/user-roles/:id/permissions', 'admin'],
  ['GET', '/admin/api/consents/:id/versions', 'admin'],
  ['GET', '/admin/api/consents/:id/acceptances', 'admin'],
  ['GET', '/admin/api/consents/:id/versions/1', 'admin'],
  ['DELETE', '/admin/api/consents/:id/versions/1', 'admin'],
  ...['', '/errors', '/differences', '/error-file', '/events'].map((part) => ['GET', `/admin/api/imports/:id${part}`, 'admin'] as const),
  ['GET', '/admin/api/consents/:id/acceptances/1/proof', 'admin'],
  ['GET', '/admin/api/customer-users/1/consents/:id/proof', 'admin'],
  ['POST', '/admin/api/imports/:id/cancel', 'admin'],
  ['GET', '/admin/api/exports/:id', 'admin'],
  ['GET', '/admin/api/exports/:id/file', 'admin'],
  ['GET', '/admin/api/emails/:id', 'admin'],
  ['POST', '/admin/api/emails/:id/resend', 'admin'],
  ...(['GET', 'DELETE'] as const).map((method) => [method, '/admin/api/customer-user-roles/:id', 'admin'] as const),
  ['GET', '/admin/api/customer-user-roles/:id/customer-users', 'admin'],
  ['DELETE', '/admin/api/customer-user-roles/:id/customer-users/1', 'admin'],
  ...['email-templates/:id/reset', 'email-templates/:id/preview', 'notification-rules/:id/reset', 'notification-rules/:id/dry-run'].map(
    (route) => ['POST', `/admin/api/${route}`, 'admin'] as const,
  ),
  ['GET', '/admin/api/customer-user-roles/:id', 'admin'],
  ['GET', '/admin/api/customer-user-roles/:id/permissions', 'admin'],
  ...(['GET', 'DELETE'] as const).map((method) => [method, '/admin/api/commerce-documents/quotes/:id', 'admin'] as const),
  ...['customers', 'customer-users'].map((things) => ['GET', `/admin/api/${things}/:id/shopping-lists`, 'admin'] as const),
  ['GET', '/admin/api/customer-users/:id/permissions', 'admin'],
  ['GET', '/admin/api/customer-users/:id/pending-email', 'admin'],
  ['DELETE', '/admin/api/customer-users/:id/pending-email', 'admin'],
  ['DELETE', '/admin/api/me/sessions/:id', 'admin'],
  ['DELETE', '/api/me/sessions/:id', 'buyer'],
  ['GET', '/api/me/consents/:id', 'buyer'],
  ['GET', '/api/me/consents/:id/acceptances', 'buyer'],
  ['GET', '/api/me/consents/1/acceptances/:id/proof', 'buyer'],
  ['DELETE', '/api/me/consents/:id', 'buyer'],
  ...RECORD_ID_ROUTES,
  ...STOREFRONT_ID_ROUTES,
];

export const LISTS = [
  ...[
    ...[
      'customers',
      'customer-users',
      'customer-user-roles',
      'custom-fields',
      'oauth-applications',
      'consents',
      'imports',
      'exports',
      'emails',
      'email-templates',
      'notification-rules',
    ],
    ...['customer-groups', 'users', 'user-roles', ...FOUNDATIONS],
    ...[
      'consents/1/versions',
      'consents/1/acceptances',
      'customer-users/1/consents',
      'customer-users/1/emails',
      'users/1/oauth-applications',
      'customers/1/addresses',
      'customer-user-roles/1/customer-users',
      'imports/1/errors',
      'imports/1/differences',
    ],
    ...['customer-users/1/addresses', 'customer-users/1/history', 'customer-users/1/oauth-applications', 'customer-users/1/quotes'],
    ...['customers/1/orders', 'commerce-documents/quote-requests', ...RECORD_LISTS],
    ...['login-attempts', 'audit-events', 'me/sessions'],
  ].map((things) => `/admin/api/${things}`),
  ...STOREFRONT_LISTS,
];
