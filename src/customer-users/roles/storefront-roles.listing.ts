import { defineListing } from '../../platform/listing/index.js';
import { roleListing } from '../../roles/index.js';

const SHARED: readonly string[] = ['id', 'label', 'code', 'customerId', 'selfManaged', 'createdAt', 'updatedAt'];

/** What customer users filter and sort roles by: not by who has them, as they may not see everybody. */
export const storefrontRoleListing = defineListing({
  id: roleListing.definition.id,
  defaultSort: 'id',
  fields: Object.fromEntries(Object.entries(roleListing.definition.fields).filter(([name]) => SHARED.includes(name))),
});
