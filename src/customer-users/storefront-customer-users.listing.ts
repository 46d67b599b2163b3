import { defineListing } from '../platform/listing/index.js';
import { customerUserListing } from './customer-users.listing.js';

const SHARED: readonly string[] = [
  ...['id', 'email', 'firstName', 'lastName', 'customerId', 'customerName', 'enabled', 'confirmed', 'passwordStatus'],
  ...['roleId', 'websiteId', 'lastLoginAt', 'createdAt', 'updatedAt'],
];

const { definition } = customerUserListing;

/** What customer users filter and sort customer users by: nothing that is the merchant's, or about guests. */
export const storefrontCustomerUserListing = defineListing({
  id: definition.id,
  defaultSort: 'id',
  search: definition.search,
  fields: {
    ...Object.fromEntries(Object.entries(definition.fields).filter(([name]) => SHARED.includes(name))),
    ancestorId: {
      type: 'id',
      filter: ['eq', 'in'],
      description: 'The customer, or one above it at any height, as far as the caller sees them.',
      exists: (_query, matches) =>
        `SELECT 1 FROM customer_paths p JOIN customer_paths own ON own.descendant_id = p.ancestor_id AND own.ancestor_id = :reachCustomer
         WHERE p.descendant_id = person.customer_id AND ${matches('p.ancestor_id')}`,
    },
  },
});
