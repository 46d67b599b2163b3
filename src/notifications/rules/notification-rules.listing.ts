import { defineListing } from '../../platform/listing/index.js';
import { EVENT_NAMES } from '../occurrences/events.js';

export const notificationRuleListing = defineListing({
  id: 'rule.id',
  fields: {
    id: { column: 'rule.id', type: 'id', sort: true },
    event: { column: 'rule.event', type: 'enumerated', values: EVENT_NAMES, sort: true },
    templateId: { column: 'rule.templateId', type: 'id' },
    active: { column: 'rule.active', type: 'boolean' },
    organizationId: { column: 'rule.organizationId', type: 'id' },
    createdAt: { column: 'rule.createdAt', type: 'instant', sort: true },
    updatedAt: { column: 'rule.updatedAt', type: 'instant', sort: true },
  },
});
