import { defineListing } from '../platform/listing/index.js';

export const customerListing = defineListing({
  id: 'customer.id',
  defaultSort: 'id',
  fields: {
    id: { column: 'customer.id', type: 'id', sort: true },
    name: { column: 'customer.name', type: 'text', sort: true },
    parentId: { column: 'customer.parentId', type: 'id', nullable: true },
    ownerId: { column: 'customer.ownerId', type: 'id', nullable: true },
    internalRating: { column: 'customer.internalRating', type: 'integer', nullable: true },
    externalId: { column: 'customer.externalId', type: 'text', nullable: true },
    organizationId: { column: 'customer.organizationId', type: 'id' },
    createdAt: { column: 'customer.createdAt', type: 'instant', sort: true },
    updatedAt: { column: 'customer.updatedAt', type: 'instant', sort: true },
    salesRepresentativeId: {
      type: 'id',
      exists: (_query, matches) =>
        `SELECT 1 FROM customer_sales_representatives r WHERE r.customer_id = customer.id AND ${matches('r.user_id')}`,
    },
  },
});
