import { definePermissions, EVERY_LEVEL } from '../platform/authorization/index.js';

export const CustomerUserPermission = definePermissions('customer_user', {
  label: 'Customer user',
  description: 'People who act for customers.',
  actions: ['view', 'create', 'edit', 'delete', 'assign'],
  levels: EVERY_LEVEL,
});
