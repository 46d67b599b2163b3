import { defineJob } from '../../platform/jobs/index.js';

/** Goes on behind the customer user `after`. */
export const RenameCustomerInLists = defineJob<{ customerId: number; after: number }>('customer-users.rename-customer-in-lists', {
  queue: 'default',
});
