import { defineListing } from '../../platform/listing/index.js';

export const emailTemplateListing = defineListing({
  id: 'template.id',
  defaultSort: 'name',
  fields: {
    id: { column: 'template.id', type: 'id', sort: true },
    name: { column: 'template.name', type: 'text', sort: true },
    organizationId: { column: 'template.organizationId', type: 'id' },
    createdAt: { column: 'template.createdAt', type: 'instant', sort: true },
    updatedAt: { column: 'template.updatedAt', type: 'instant', sort: true },
  },
});
