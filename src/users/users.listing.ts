import { defineListing } from '../platform/listing/index.js';

export const userListing = defineListing({
  id: 'user.id',
  defaultSort: 'lastName,firstName',
  fields: {
    id: { column: 'user.id', type: 'id', sort: true },
    email: { column: 'user.emailKey', type: 'text', sort: true, lowercase: true },
    firstName: { column: 'user.firstName', type: 'text', sort: true },
    lastName: { column: 'user.lastName', type: 'text', sort: true },
    enabled: { column: 'user.enabled', type: 'boolean' },
    organizationId: { column: 'user.organizationId', type: 'id' },
    lastLoginAt: { column: 'user.lastLoginAt', type: 'instant', nullable: true, sort: true },
    createdAt: { column: 'user.createdAt', type: 'instant', sort: true },
  },
});
