import { addressListing } from '../../customers/index.js';
import { defineListing } from '../../platform/listing/index.js';

const description = 'Whose address book it is: exactly one of `customerId` and `customerUserId`.';

/** The list of one address book. */
export const storefrontAddressListing = defineListing({
  ...addressListing.definition,
  parameters: { customerId: { type: 'id', description }, customerUserId: { type: 'id', description } },
});
