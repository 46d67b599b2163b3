import { defineListing } from '../platform/listing/index.js';
import { FIELD_ENTITIES } from './custom-field.entity.js';
import { FIELD_TYPES } from './field-types.js';

export const customFieldListing = defineListing({
  id: 'field.id',
  defaultSort: 'name',
  fields: {
    id: { column: 'field.id', type: 'id', sort: true },
    entity: { column: 'field.entity', type: 'enumerated', values: FIELD_ENTITIES, sort: true },
    name: { column: 'field.name', type: 'text', sort: true },
    type: { column: 'field.type', type: 'enumerated', values: FIELD_TYPES, sort: true },
    required: { column: 'field.required', type: 'boolean' },
    organizationId: { column: 'field.organizationId', type: 'id' },
    createdAt: { column: 'field.createdAt', type: 'instant', sort: true },
    updatedAt: { column: 'field.updatedAt', type: 'instant', sort: true },
  },
});
