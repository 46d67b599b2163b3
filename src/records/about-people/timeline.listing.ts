import { defineListing } from '../../platform/listing/index.js';
import { TIMELINE_KINDS } from './timeline-source.js';

/** Read by the timeline itself: its entries lie in many tables. */
export const timelineListing = defineListing({
  id: 'entry.id',
  defaultSort: '-at',
  fields: {
    kind: { column: 'entry.kind', type: 'enumerated', values: TIMELINE_KINDS },
    at: { column: 'entry.at', type: 'instant', sort: true, filter: ['eq', 'gt', 'gte', 'lt', 'lte'] },
  },
});
