import { defineListing } from '../../platform/listing/index.js';
import { IMPORT_STATUSES } from './import.entity.js';
import { OUTCOMES } from './import-row.js';
import { MODES } from './import-profile.js';

export const importListing = defineListing({
  id: 'import.id',
  defaultSort: '-id',
  fields: {
    id: { column: 'import.id', type: 'id', sort: true },
    entity: { column: 'import.entity', type: 'text' },
    mode: { column: 'import.mode', type: 'enumerated', values: MODES },
    status: { column: 'import.status', type: 'enumerated', values: IMPORT_STATUSES },
    fileName: { column: 'import.fileName', type: 'text' },
    sha256: { column: 'import.sha256', type: 'text' },
    createdById: { column: 'import.createdById', type: 'id' },
    createdAt: { column: 'import.createdAt', type: 'instant' },
  },
});

export const importDifferenceListing = defineListing({
  id: 'difference.id',
  defaultSort: 'row',
  fields: {
    row: { column: 'difference.row', type: 'integer', sort: true },
    outcome: { column: 'difference.outcome', type: 'enumerated', values: OUTCOMES },
  },
});

export const importErrorListing = defineListing({
  id: 'error.id',
  defaultSort: 'row',
  fields: {
    row: { column: 'error.row', type: 'integer', sort: true },
    column: { column: 'error.column', type: 'text', nullable: true },
    code: { column: 'error.code', type: 'text' },
  },
});
