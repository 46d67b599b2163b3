import { defineListing } from '../platform/listing/index.js';
import { customerListing } from './customers.listing.js';

const SHARED: readonly string[] = ['id', 'name', 'createdAt', 'updatedAt'];

/** A filter by what is above finds nothing above the caller's own customer: he could tell the tree from it. */
const WITHIN_OWN = 'EXISTS (SELECT 1 FROM customer_paths own WHERE own.ancestor_id = :reachCustomer AND own.descendant_id =';

/** What customer users filter and sort customers by. */
export const storefrontCustomerListing = defineListing({
  id: customerListing.definition.id,
  defaultSort: 'id',
  fields: {
    ...Object.fromEntries(Object.entries(customerListing.definition.fields).filter(([name]) => SHARED.includes(name))),
    parentId: {
      type: 'id',
      exists: (_query, matches) =>
        `SELECT 1 FROM customers c WHERE c.id = customer.id AND ${matches('c.parent_id')} AND ${WITHIN_OWN} c.parent_id)`,
    },
    ancestorId: {
      type: 'id',
      filter: ['eq', 'in'],
      description: 'The customer itself and all below it, however deep.',
      exists: (_query, matches) =>
        `SELECT 1 FROM customer_paths p WHERE p.descendant_id = customer.id AND ${matches('p.ancestor_id')} AND ${WITHIN_OWN} p.ancestor_id)`,
    },
  },
});
