import { defineListing } from '../platform/listing/index.js';

export const userListing = defineListing({
  id: 'user.id',
  defaultSort: 'lastName,firstName',
  fields: {
    id: { column: 'user.id', type: 'id', sort: true },
    email: { column: 'user.emailKey', type: 'text', sort: true, lowercase: true },
    firstName: { column: 'user.firstName', type: 'text', sort: true },
    lastName: { column: 'user.lastName', type: 'text', sort: true },
    enabled: { column: 'user.enabled', type: 'boolean', sort: true },
    globalAccess: { column: 'user.globalAccess', type: 'boolean', sort: true },
    organizationId: { column: 'user.organizationId', type: 'id', sort: true },
    roleId: {
      type: 'id',
      exists: (_query, matches) => `SELECT 1 FROM user_role_assignments a WHERE a.user_id = user.id AND ${matches('a.role_id')}`,
    },
    lastLoginAt: { column: 'user.lastLoginAt', type: 'instant', nullable: true, sort: true },
    loginCount: { column: 'user.loginCount', type: 'integer', sort: true },
    createdAt: { column: 'user.createdAt', type: 'instant', sort: true },
    updatedAt: { column: 'user.updatedAt', type: 'instant', sort: true },
  },
});
