import { definePermissions } from '../platform/authorization/index.js';

export const CustomFieldPermission = definePermissions('custom_field', {
  group: 'Setup',
  label: 'Custom field',
  description: 'Members that an organization gives its customers and customer users.',
  actions: ['view', 'create', 'edit', 'delete'],
  levels: { backend: ['none', 'organization', 'global'] },
});
