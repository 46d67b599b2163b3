/** One plausible record of each kind that events are about: what there is to say of it, and to ask it. */

const sam = { id: 3, fullName: 'Sam Miller', email: 'sam.miller@merchant.example' };

/** A customer user, with those who surround him. */
export const CUSTOMER_USER_SAMPLE = {
  id: 4711,
  email: 'amanda.cole@northwind.example',
  namePrefix: 'Ms.',
  firstName: 'Amanda',
  middleName: 'M.',
  lastName: 'Cole',
  nameSuffix: 'PhD',
  fullName: 'Ms. Amanda M. Cole PhD',
  phone: '+4930123456',
  birthday: '1985-03-09',
  externalId: 'CRM-1001',
  enabled: true,
  confirmed: true,
  guest: false,
  passwordStatus: 'active',
  createdAt: '2026-11-02T08:00:00.000Z',
  customer: { id: 12, name: 'Northwind Ltd', externalId: 'N-12', internalRating: 4, owner: sam },
  owner: sam,
  salesRepresentatives: [sam],
  roles: [{ id: 2, code: 'ROLE_FRONTEND_BUYER', label: 'Buyer' }],
  website: { id: 1, name: 'Acme Supplies', url: 'https://shop.example.com' },
  websiteName: 'Acme Supplies',
};

/** A customer, with those who surround it. */
export const CUSTOMER_SAMPLE = {
  id: 12,
  name: 'Northwind Ltd',
  externalId: 'N-12',
  internalRating: 4,
  createdAt: '2026-10-05T08:00:00.000Z',
  group: { id: 2, name: 'Wholesale' },
  parent: { id: 7, name: 'Northwind Holding' },
  owner: sam,
  salesRepresentatives: [sam],
};

/** Who changed a record, when, and from where. */
export const ACT_SAMPLE = { by: 'Ryan Admin', at: '2026-11-23T10:20:30.000Z', via: 'api' };

/** A console user, as whom mails are about who started something or owns it. */
export const USER_SAMPLE = { id: 1, fullName: 'Ryan Admin', email: 'ryan.admin@merchant.example' };
