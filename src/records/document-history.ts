import type { HistoryRules } from '../platform/history/index.js';
import type { CommerceDocument } from './commerce-document.entity.js';
import type { DocumentEntity } from './document-kinds.js';

export const historyOf = (entity: DocumentEntity): HistoryRules<CommerceDocument> => ({
  entity,
  members: ['externalId', 'customerId', 'customerUserId', 'number', 'name', 'status', 'totalAmount', 'currency', 'placedAt', 'url'],
});
