import { defineListing } from '../platform/listing/index.js';

const stamps = (alias: string) =>
  ({
    createdAt: { column: `${alias}.createdAt`, type: 'instant', sort: true },
    updatedAt: { column: `${alias}.updatedAt`, type: 'instant', sort: true },
  }) as const;

export const organizationListing = defineListing({
  id: 'organization.id',
  defaultSort: 'name',
  fields: {
    id: { column: 'organization.id', type: 'id', sort: true },
    name: { column: 'organization.name', type: 'text', sort: true },
    enabled: { column: 'organization.enabled', type: 'boolean' },
    ...stamps('organization'),
  },
});

export const websiteListing = defineListing({
  id: 'website.id',
  defaultSort: 'name',
  fields: {
    id: { column: 'website.id', type: 'id', sort: true },
    name: { column: 'website.name', type: 'text', sort: true },
    url: { column: 'website.url', type: 'text' },
    organizationId: { column: 'website.organizationId', type: 'id' },
    isDefault: { column: 'website.isDefault', type: 'boolean' },
    ...stamps('website'),
  },
});

export const localizationListing = defineListing({
  id: 'localization.id',
  defaultSort: 'name',
  fields: {
    id: { column: 'localization.id', type: 'id', sort: true },
    name: { column: 'localization.name', type: 'text', sort: true },
    languageCode: { column: 'localization.languageCode', type: 'text' },
    organizationId: { column: 'localization.organizationId', type: 'id' },
    parentId: { column: 'localization.parentId', type: 'id', nullable: true },
    ...stamps('localization'),
  },
});
