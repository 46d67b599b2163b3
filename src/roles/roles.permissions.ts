import { defineCapability, definePermissions } from '../platform/authorization/index.js';

export const RolePermission = definePermissions('customer_user_role', {
  group: 'Access',
  label: 'Customer user role',
  description: 'What customer users may do. To assign a role is to choose, from its side, who has it.',
  actions: ['view', 'create', 'edit', 'delete', 'assign'],
  levels: { backend: ['none', 'organization', 'global'], storefront: ['none', 'customer', 'hierarchy'] },
});

/** Without it a customer user cannot edit his profile; with it his roles stay out of his reach. */
export const UpdateOwnProfile = defineCapability('update_own_profile', {
  group: 'Customers',
  label: 'Update own profile',
  description: 'Change the own name, birthday and phone.',
  sides: ['storefront'],
});
