import { defineListing } from '../platform/listing/index.js';

export const sessionListing = defineListing({
  id: 'session.id',
  defaultSort: '-id',
  fields: {
    id: { column: 'session.id', type: 'id', sort: true },
    createdAt: { column: 'session.createdAt', type: 'instant', sort: true },
    lastUsedAt: { column: 'session.lastUsedAt', type: 'instant', sort: true },
  },
});
