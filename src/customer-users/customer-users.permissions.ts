import { definePermissions, EVERY_LEVEL } from '../platform/authorization/index.js';

export const CustomerUserPermission = definePermissions('customer_user', {
  group: 'Customers',
  label: 'Customer user',
  description:
    'People who act for customers. To give somebody roles is to edit him; to give him to others, by another owner or other sales representatives, is to assign him.',
  actions: ['view', 'create', 'edit', 'delete', 'assign'],
  levels: EVERY_LEVEL,
});

export const CustomerUserAddressPermission = definePermissions('customer_user_address', {
  group: 'Customers',
  label: 'Customer user address',
  description: 'The address books of customer users.',
  actions: ['view', 'create', 'edit', 'delete'],
  levels: EVERY_LEVEL,
});
