import { definePermissions } from '../platform/authorization/index.js';

export const UserRolePermission = definePermissions('user_role', {
  group: 'Access',
  label: 'User role',
  description: 'What console users may do.',
  actions: ['view', 'create', 'edit', 'delete'],
  levels: { backend: ['none', 'organization', 'global'] },
});
