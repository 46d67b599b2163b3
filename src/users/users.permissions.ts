import { definePermissions } from '../platform/authorization/index.js';

export const UserPermission = definePermissions('user', {
  group: 'Access',
  label: 'User',
  description: 'People who work at the merchant.',
  actions: ['view', 'create', 'edit', 'delete', 'assign'],
  levels: { backend: ['none', 'own', 'organization', 'global'] },
});
