import { definePermissions, EVERY_LEVEL } from '../platform/authorization/index.js';

export const CustomerPermission = definePermissions('customer', {
  group: 'Customers',
  label: 'Customer',
  description: 'Companies that buy from the merchant.',
  actions: ['view', 'create', 'edit', 'delete', 'assign'],
  levels: { backend: EVERY_LEVEL.backend, storefront: ['none', 'customer', 'hierarchy'] },
});

export const CustomerGroupPermission = definePermissions('customer_group', {
  group: 'Customers',
  label: 'Customer group',
  description: 'What customers are put together in.',
  actions: ['view', 'create', 'edit', 'delete'],
  levels: { backend: ['none', 'organization', 'global'] },
});

export const CustomerAddressPermission = definePermissions('customer_address', {
  group: 'Customers',
  label: 'Customer address',
  description: 'The address books of customers.',
  actions: ['view', 'create', 'edit', 'delete'],
  levels: { backend: EVERY_LEVEL.backend, storefront: ['none', 'customer', 'hierarchy'] },
});
