import type { EntityManager, EntityTarget, FindOptionsSelect, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { findMany } from './many-rows.js';

/** Rows of one read. */
const BATCH = 200;

/**
 * The rows in the order of their ids, some at a time, with these members alone where any are named. Of all that match, only the ids are
 * held at once, which an index of what is asked for gives.
 */
export async function* batchesById<T extends ObjectLiteral & { id: number }>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  where: FindOptionsWhere<T> | FindOptionsWhere<T>[],
  select?: readonly (keyof T & string)[],
): AsyncGenerator<T[]> {
  const found = await manager.getRepository(entity).find({ select: { id: true } as FindOptionsSelect<T>, where });
  const ids = found.map(({ id }) => id).sort((one, other) => one - other);
  for (let start = 0; start < ids.length; start += BATCH)
    yield await findMany(manager, entity, 'id', ids.slice(start, start + BATCH), select && { select: ['id', ...select] });
}
