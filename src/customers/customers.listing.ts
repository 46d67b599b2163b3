import { defineListing } from '../platform/listing/index.js';

export const customerListing = defineListing({
  id: 'customer.id',
  defaultSort: 'id',
  fields: {
    id: { column: 'customer.id', type: 'id', sort: true },
    name: { column: 'customer.name', type: 'text', sort: true },
    parentId: { column: 'customer.parentId', type: 'id', nullable: true, sort: true },
    groupId: { column: 'customer.groupId', type: 'id', nullable: true, sort: true },
    ownerId: { column: 'customer.ownerId', type: 'id', nullable: true, sort: true },
    internalRating: { column: 'customer.internalRating', type: 'integer', nullable: true, sort: true },
    externalId: { column: 'customer.externalId', type: 'text', nullable: true, sort: true },
    organizationId: { column: 'customer.organizationId', type: 'id' },
    createdAt: { column: 'customer.createdAt', type: 'instant', sort: true },
    updatedAt: { column: 'customer.updatedAt', type: 'instant', sort: true },
    ancestorId: {
      type: 'id',
      filter: ['eq', 'in'],
      description: 'The customer itself and all below it, however deep.',
      exists: (_query, matches) => `SELECT 1 FROM customer_paths p WHERE p.descendant_id = customer.id AND ${matches('p.ancestor_id')}`,
    },
    salesRepresentativeId: {
      type: 'id',
      exists: (_query, matches) =>
        `SELECT 1 FROM customer_sales_representatives r WHERE r.customer_id = customer.id AND ${matches('r.user_id')}`,
    },
  },
});
