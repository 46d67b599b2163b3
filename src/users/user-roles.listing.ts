import { defineListing } from '../platform/listing/index.js';

export const userRoleListing = defineListing({
  id: 'role.id',
  defaultSort: 'label',
  fields: {
    id: { column: 'role.id', type: 'id', sort: true },
    label: { column: 'role.label', type: 'text', sort: true },
    organizationId: { column: 'role.organizationId', type: 'id', nullable: true, sort: true },
    userId: {
      type: 'id',
      exists: (_query, matches) => `SELECT 1 FROM user_role_assignments a WHERE a.role_id = role.id AND ${matches('a.user_id')}`,
    },
    createdAt: { column: 'role.createdAt', type: 'instant', sort: true },
    updatedAt: { column: 'role.updatedAt', type: 'instant', sort: true },
  },
});
