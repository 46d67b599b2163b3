import type { Address } from './address.entity.js';
import type { AddressEntryView, AddressView } from './addresses.dto.js';

/** The members of an address that are kept as they are given. */
export const PLAIN_MEMBERS = [
  ...(['label', 'namePrefix', 'firstName', 'middleName', 'lastName', 'nameSuffix', 'company', 'street', 'street2'] as const),
  ...(['city', 'postalCode', 'countryCode', 'regionCode', 'regionText', 'phone'] as const),
];

/** An address as its owner's representation and the history show it. */
export function entryOf(row: Address): AddressEntryView {
  return {
    id: row.id,
    label: row.label,
    namePrefix: row.namePrefix,
    firstName: row.firstName,
    middleName: row.middleName,
    lastName: row.lastName,
    nameSuffix: row.nameSuffix,
    company: row.company,
    street: row.street,
    street2: row.street2,
    city: row.city,
    postalCode: row.postalCode,
    countryCode: row.countryCode,
    regionCode: row.regionCode,
    regionText: row.regionText,
    phone: row.phone,
    primary: row.isPrimary,
    types: [
      ...(row.billing ? [{ type: 'billing' as const, default: row.defaultBilling }] : []),
      ...(row.shipping ? [{ type: 'shipping' as const, default: row.defaultShipping }] : []),
    ],
  };
}

export const addressView = (row: Address): AddressView => ({
  ...entryOf(row),
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  version: row.version,
});
