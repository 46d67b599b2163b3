import { defineListing } from '../platform/listing/index.js';

export const documentListing = defineListing({
  id: 'document.id',
  defaultSort: '-placedAt',
  fields: {
    id: { column: 'document.id', type: 'id', sort: true },
    organizationId: { column: 'document.organizationId', type: 'id' },
    externalId: { column: 'document.externalId', type: 'text', sort: true },
    customerId: { column: 'document.customerId', type: 'id' },
    customerUserId: { column: 'document.customerUserId', type: 'id', nullable: true },
    number: { column: 'document.number', type: 'text', nullable: true, sort: true },
    name: { column: 'document.name', type: 'text', nullable: true },
    status: { column: 'document.status', type: 'text', nullable: true, sort: true },
    total: { column: 'document.totalAmount', type: 'integer', nullable: true, sort: true, description: 'In minor units of the currency.' },
    currency: { column: 'document.currency', type: 'text', nullable: true },
    placedAt: { column: 'document.placedAt', type: 'instant', sort: true },
    createdAt: { column: 'document.createdAt', type: 'instant', sort: true },
    updatedAt: { column: 'document.updatedAt', type: 'instant', sort: true },
  },
});
