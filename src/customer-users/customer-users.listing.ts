import { defineListing } from '../platform/listing/index.js';
import { PASSWORD_STATUSES } from './customer-user.entity.js';
import { BLOCK_SIZE } from './lists/packed-emails.js';

const IN_ANY_CASE = 'Compared in lower case.';

const flag = <C extends string>(column: C) => ({ column, type: 'boolean', sort: true }) as const;

/** What lists of customer users are filtered and sorted by, each by an index of its own: `ix_customer_users_...`. */
export const customerUserListing = defineListing({
  id: 'person.id',
  defaultSort: 'id',
  search: {
    column: 'person.searchWords',
    index: { table: 'customer_user_words', id: 'customer_user_id' },
    description:
      'Words, of which each has to be the beginning of a word in the names, the email address or the name of the customer; case and accents do not matter.',
  },
  fields: {
    id: { column: 'person.id', type: 'id', sort: true },
    email: {
      ...{ column: 'person.emailLower', type: 'text', lowercase: true, asTyped: 'person.email', sort: true },
      packed: {
        table: 'customer_user_email_blocks',
        texts: 'emails',
        size: BLOCK_SIZE,
        unpacked: { table: 'customer_user_unpacked_emails', id: 'customer_user_id' },
      },
      description: 'Compared in lower case, or as typed where `accounts.caseInsensitiveEmail` is off.',
    },
    firstName: { column: 'person.firstNameLower', type: 'text', lowercase: true, sort: true, description: IN_ANY_CASE },
    lastName: { column: 'person.lastNameLower', type: 'text', lowercase: true, sort: true, description: IN_ANY_CASE },
    customerId: { column: 'person.customerId', type: 'id', sort: true },
    ancestorId: {
      type: 'id',
      filter: ['eq', 'in'],
      description: 'The customer, or one above it at any height.',
      exists: (_query, matches) =>
        `SELECT 1 FROM customer_paths p WHERE p.descendant_id = person.customer_id AND ${matches('p.ancestor_id')}`,
    },
    customerName: { column: 'person.customerNameLower', type: 'text', lowercase: true, sort: true, description: IN_ANY_CASE },
    enabled: flag('person.enabled'),
    confirmed: flag('person.confirmed'),
    guest: flag('person.guest'),
    passwordStatus: { column: 'person.passwordStatus', type: 'enumerated', values: PASSWORD_STATUSES, sort: true },
    roleId: {
      type: 'id',
      description: 'Any of his roles. Sorted by the first of them.',
      exists: (_query, matches) =>
        `SELECT 1 FROM customer_user_role_assignments a WHERE a.customer_user_id = person.id AND ${matches('a.role_id')}`,
      sort: 'person.roleId',
    },
    salesRepresentativeId: {
      type: 'id',
      description: 'Any of his sales representatives. Sorted by the first of them.',
      exists: (_query, matches) =>
        `SELECT 1 FROM customer_user_sales_representatives s WHERE s.customer_user_id = person.id AND ${matches('s.user_id')}`,
      sort: 'person.salesRepresentativeId',
    },
    ownerId: { column: 'person.ownerId', type: 'id', nullable: true, sort: true },
    websiteId: { column: 'person.websiteId', type: 'id', sort: true },
    organizationId: { column: 'person.organizationId', type: 'id' },
    externalId: { column: 'person.externalIdLower', type: 'text', lowercase: true, nullable: true, sort: true, description: IN_ANY_CASE },
    lastLoginAt: { column: 'person.lastLoginAt', type: 'instant', nullable: true, sort: true },
    createdAt: { column: 'person.createdAt', type: 'instant', sort: true },
    updatedAt: { column: 'person.updatedAt', type: 'instant', sort: true },
  },
});
