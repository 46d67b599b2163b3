import { defineListing } from '../platform/listing/index.js';

export const auditEventListing = defineListing({
  id: 'event.id',
  defaultSort: '-id',
  fields: {
    id: { column: 'event.id', type: 'id', sort: true },
    at: { column: 'event.at', type: 'instant', sort: true },
    organizationId: { column: 'event.organizationId', type: 'id', nullable: true },
    entity: { column: 'event.entity', type: 'text' },
    entityId: { column: 'event.entityId', type: 'id' },
    action: { column: 'event.action', type: 'text' },
    actorType: { column: 'event.actorType', type: 'text' },
    actorId: { column: 'event.actorId', type: 'id', nullable: true },
    actorName: { column: 'event.actorName', type: 'text' },
    via: { column: 'event.via', type: 'text' },
    ip: { column: 'event.ip', type: 'text', nullable: true },
    traceId: { column: 'event.traceId', type: 'text' },
  },
});
