import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { UnitOfWork } from '../platform/database/index.js';
import { CustomerPath, CustomerTrees } from './customer-path.entity.js';

/** Ids in one statement; databases bound the parameters. */
const CHUNK = 1_000;

/** Keeps who is below whom, at any depth, true to the customers' parents. Every method is part of a unit of work. */
@Injectable()
export class CustomerPaths {
  constructor(private readonly work: UnitOfWork) {}

  /** Until the unit of work ends nobody else moves, adds or deletes below a customer of the organization. The first lock to take. */
  async lock(organizationId: number): Promise<void> {
    await this.hold(organizationId, 'pessimistic_write');
  }

  /** Until the unit of work ends nobody moves a branch of the organization; others may add and delete as well. The first lock to take. */
  async holdStill(organizationId: number): Promise<void> {
    await this.hold(organizationId, 'pessimistic_read');
  }

  isBelow(id: number, ancestorId: number): Promise<boolean> {
    return this.work.repository(CustomerPath).existsBy({ ancestorId, descendantId: id });
  }

  /** From an ancestor down to `id`, both included; empty when the one is not above the other. */
  async between(ancestorId: number, id: number): Promise<number[]> {
    const above = await this.work.repository(CustomerPath).find({ where: { descendantId: id }, order: { depth: 'DESC' } });
    const start = above.findIndex((path) => path.ancestorId === ancestorId);
    return start === -1 ? [] : above.slice(start).map((path) => path.ancestorId);
  }

  /** A new customer, below its parent and all above that. */
  async add(id: number, parentId: number | null): Promise<void> {
    await this.work.manager.query(
      `INSERT INTO customer_paths (ancestor_id, descendant_id, depth)
       SELECT ancestor_id, ?, depth + 1 FROM customer_paths WHERE descendant_id = ? UNION ALL SELECT ?, ?, 0`,
      [id, parentId, id, id],
    );
  }

  /** The same for many, none of which is the parent of another. */
  async addMany(ids: readonly number[]): Promise<void> {
    for (const some of chunksOf(ids)) {
      const places = some.map(() => '?').join(', ');
      await this.work.manager.query(
        `INSERT INTO customer_paths (ancestor_id, descendant_id, depth)
         SELECT above.ancestor_id, added.id, above.depth + 1 FROM customers added JOIN customer_paths above ON above.descendant_id = added.parent_id
         WHERE added.id IN (${places}) UNION ALL SELECT id, id, 0 FROM customers WHERE id IN (${places})`,
        [...some, ...some],
      );
    }
  }

  /** The customer with all below it, from where it is to below the parent. */
  async move(id: number, parentId: number | null): Promise<void> {
    const paths = this.work.repository(CustomerPath);
    const below = (await paths.find({ where: { ancestorId: id } })).map(({ descendantId }) => descendantId);
    const above = (await paths.find({ where: { descendantId: id } })).map(({ ancestorId }) => ancestorId).filter((other) => other !== id);
    for (const descendants of chunksOf(below))
      for (const ancestors of chunksOf(above)) await paths.delete({ descendantId: In(descendants), ancestorId: In(ancestors) });
    if (parentId === null) return;
    await this.work.manager.query(
      `INSERT INTO customer_paths (ancestor_id, descendant_id, depth)
       SELECT above.ancestor_id, below.descendant_id, above.depth + below.depth + 1
       FROM customer_paths above CROSS JOIN customer_paths below WHERE above.descendant_id = ? AND below.ancestor_id = ?`,
      [parentId, id],
    );
  }

  private async hold(organizationId: number, mode: 'pessimistic_read' | 'pessimistic_write'): Promise<void> {
    // SQLite runs one act at a time.
    if (!this.work.forUpdate) return;
    const trees = this.work.repository(CustomerTrees);
    const held = { where: { organizationId }, lock: { mode } };
    if (await trees.findOne(held)) return;
    await trees.createQueryBuilder().insert().values({ organizationId }).orIgnore().execute();
    await trees.findOne(held);
  }
}

function chunksOf(ids: readonly number[]): number[][] {
  return Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, index) => ids.slice(index * CHUNK, (index + 1) * CHUNK));
}
