import { defineListing } from '../../platform/listing/index.js';
import { ADDRESS_TYPES } from './addresses.dto.js';

export const addressListing = defineListing({
  id: 'address.id',
  defaultSort: 'id',
  fields: {
    id: { column: 'address.id', type: 'id', sort: true },
    label: { column: 'address.label', type: 'text', nullable: true, sort: true },
    firstName: { column: 'address.firstName', type: 'text', nullable: true, sort: true },
    lastName: { column: 'address.lastName', type: 'text', nullable: true, sort: true },
    company: { column: 'address.company', type: 'text', nullable: true, sort: true },
    street: { column: 'address.street', type: 'text' },
    city: { column: 'address.city', type: 'text', sort: true },
    postalCode: { column: 'address.postalCode', type: 'text', sort: true },
    countryCode: { column: 'address.countryCode', type: 'text', sort: true },
    regionCode: { column: 'address.regionCode', type: 'text', nullable: true, sort: true },
    regionText: { column: 'address.regionText', type: 'text', nullable: true },
    phone: { column: 'address.phone', type: 'text', nullable: true },
    primary: { column: 'address.isPrimary', type: 'boolean' },
    type: {
      type: 'enumerated',
      values: ADDRESS_TYPES,
      filter: ['eq', 'ne', 'in'],
      exists: (_query, matches) =>
        `SELECT 1 FROM addresses t WHERE t.id = address.id AND (${ADDRESS_TYPES.map((type) => `t.${type} = 1 AND ${matches(`'${type}'`)}`).join(' OR ')})`,
    },
    createdAt: { column: 'address.createdAt', type: 'instant', sort: true },
    updatedAt: { column: 'address.updatedAt', type: 'instant', sort: true },
  },
});
