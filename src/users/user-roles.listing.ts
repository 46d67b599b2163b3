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
      exists: (query, matches) => {
        const held = `SELECT 1 FROM user_role_assignments a JOIN users u ON u.id = a.user_id WHERE a.role_id = role.id AND ${matches('a.user_id')}`;
        // Whoever does not reach every organization learns nothing of who has the roles that are for all of them.
        return 'reachOrganization' in query.getParameters() ? `${held} AND u.organization_id = :reachOrganization` : held;
      },
    },
    createdAt: { column: 'role.createdAt', type: 'instant', sort: true },
    updatedAt: { column: 'role.updatedAt', type: 'instant', sort: true },
  },
});
