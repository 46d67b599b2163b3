import { HistoryEntry } from '../../src/platform/history/index.js';
import type { Product } from '../support/product.js';

/** What the history says of a record, oldest first. */
export async function historyOf(product: Product, entity: string, entityId: number) {
  const entries = await product.work.repository(HistoryEntry).find({ where: { entity, entityId }, order: { id: 'ASC' } });
  return entries.map(({ action, actorType, actorId, actorName, via, changes }) => ({
    action,
    actorType,
    actorId,
    actorName,
    via,
    changes,
  }));
}
