import { defineListing } from '../../platform/listing/index.js';

export const customerGroupListing = defineListing({
  id: 'customerGroup.id',
  defaultSort: 'id',
  fields: {
    id: { column: 'customerGroup.id', type: 'id', sort: true },
    name: { column: 'customerGroup.name', type: 'text', sort: true },
    organizationId: { column: 'customerGroup.organizationId', type: 'id' },
    createdAt: { column: 'customerGroup.createdAt', type: 'instant', sort: true },
    updatedAt: { column: 'customerGroup.updatedAt', type: 'instant', sort: true },
  },
});
