import { defineListing } from '../../platform/listing/index.js';
import { EXPORT_STATUSES, FORMATS } from './export.entity.js';

export const exportListing = defineListing({
  id: 'export.id',
  defaultSort: '-id',
  fields: {
    id: { column: 'export.id', type: 'id', sort: true },
    entity: { column: 'export.entity', type: 'text' },
    format: { column: 'export.format', type: 'enumerated', values: FORMATS },
    status: { column: 'export.status', type: 'enumerated', values: EXPORT_STATUSES },
    createdById: { column: 'export.createdById', type: 'id' },
    createdAt: { column: 'export.createdAt', type: 'instant' },
  },
});
