import { defineListing } from '../platform/listing/index.js';

export const roleListing = defineListing({
  id: 'role.id',
  defaultSort: 'id',
  fields: {
    id: { column: 'role.id', type: 'id', sort: true },
    label: { column: 'role.label', type: 'text', sort: true },
    code: { column: 'role.code', type: 'text', sort: true },
    customerId: { column: 'role.customerId', type: 'id', nullable: true, sort: true },
    selfManaged: { column: 'role.selfManaged', type: 'boolean' },
    public: { column: 'role.public', type: 'boolean' },
    organizationId: { column: 'role.organizationId', type: 'id' },
    customerUserId: {
      type: 'id',
      exists: (_query, matches) =>
        `SELECT 1 FROM customer_user_role_assignments a WHERE a.role_id = role.id AND ${matches('a.customer_user_id')}`,
    },
    createdAt: { column: 'role.createdAt', type: 'instant', sort: true },
    updatedAt: { column: 'role.updatedAt', type: 'instant', sort: true },
  },
});
