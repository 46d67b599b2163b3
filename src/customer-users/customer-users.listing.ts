import { defineListing } from '../platform/listing/index.js';
import { PASSWORD_STATUSES } from './customer-user.entity.js';

export const customerUserListing = defineListing({
  id: 'person.id',
  defaultSort: 'id',
  fields: {
    id: { column: 'person.id', type: 'id', sort: true },
    email: { column: 'person.emailLower', type: 'text', lowercase: true, sort: true },
    firstName: { column: 'person.firstName', type: 'text', sort: true },
    lastName: { column: 'person.lastName', type: 'text', sort: true },
    customerId: { column: 'person.customerId', type: 'id', sort: true },
    ancestorId: {
      type: 'id',
      filter: ['eq', 'in'],
      description: 'The customer, or one above it at any height.',
      exists: (_query, matches) =>
        `SELECT 1 FROM customer_paths p WHERE p.descendant_id = person.customer_id AND ${matches('p.ancestor_id')}`,
    },
    customerName: {
      type: 'text',
      exists: (_query, matches) => `SELECT 1 FROM customers c WHERE c.id = person.customer_id AND ${matches('c.name')}`,
    },
    enabled: { column: 'person.enabled', type: 'boolean' },
    confirmed: { column: 'person.confirmed', type: 'boolean' },
    guest: { column: 'person.guest', type: 'boolean' },
    passwordStatus: { column: 'person.passwordStatus', type: 'enumerated', values: PASSWORD_STATUSES },
    roleId: {
      type: 'id',
      exists: (_query, matches) =>
        `SELECT 1 FROM customer_user_role_assignments a WHERE a.customer_user_id = person.id AND ${matches('a.role_id')}`,
    },
    salesRepresentativeId: {
      type: 'id',
      exists: (_query, matches) =>
        `SELECT 1 FROM customer_user_sales_representatives s WHERE s.customer_user_id = person.id AND ${matches('s.user_id')}`,
    },
    ownerId: { column: 'person.ownerId', type: 'id', nullable: true },
    websiteId: { column: 'person.websiteId', type: 'id' },
    externalId: { column: 'person.externalId', type: 'text', nullable: true, sort: true },
    lastLoginAt: { column: 'person.lastLoginAt', type: 'instant', nullable: true, sort: true },
    createdAt: { column: 'person.createdAt', type: 'instant', sort: true },
    updatedAt: { column: 'person.updatedAt', type: 'instant', sort: true },
  },
});
