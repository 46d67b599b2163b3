import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { UnitOfWork } from '../platform/database/index.js';
import { CustomerPath } from './customer-path.entity.js';
import { type CustomerNode, MOST_LEVELS } from './customers.dto.js';
import { TreeTooLarge } from './customers.errors.js';
import { CustomersRepository } from './customers.repository.js';

const MOST_NODES = 5_000;

interface Row {
  id: number | string;
  name: string;
  parentId: number | string | null;
  depth: number | string;
}

/** Reads what is below a customer as a tree. */
@Injectable()
export class CustomerBranches {
  constructor(
    private readonly work: UnitOfWork,
    private readonly customers: CustomersRepository,
  ) {}

  /** The customer with all below it that the caller may see, as deep as `depth` says. */
  async below(id: number, depth?: number): Promise<CustomerNode> {
    await this.customers.get(id);
    const nodes = await this.nodes(id, depth);
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const hidden = await this.nearestAbove(
      nodes.filter(({ id: own, parentId }) => own !== id && !byId.has(parentId ?? 0)),
      byId,
    );
    for (const node of nodes) if (node.id !== id) (byId.get(node.parentId ?? 0) ?? byId.get(hidden.get(node.id) ?? 0))?.children.push(node);
    const top = byId.get(id);
    if (!top) throw new Error(`Customer ${id} is not below itself: customer_paths lacks its row.`);
    return top;
  }

  /** One range of the index on who is below whom, and each customer by its primary key; the upper ones first. */
  query(id: number, depth?: number) {
    const query = this.customers
      .reached()
      .innerJoin(CustomerPath, 'path', 'path.descendantId = customer.id')
      .select('customer.id', 'id')
      .addSelect('customer.name', 'name')
      .addSelect('customer.parentId', 'parentId')
      .addSelect('path.depth', 'depth')
      .andWhere('path.ancestorId = :top', { top: id });
    if (depth !== undefined) query.andWhere('path.depth <= :depth', { depth });
    return query.orderBy('path.depth').addOrderBy('customer.name').addOrderBy('customer.id');
  }

  private async nodes(id: number, depth?: number): Promise<CustomerNode[]> {
    const rows = await this.query(id, depth)
      .limit(MOST_NODES + 1)
      .getRawMany<Row>();
    if (rows.length > MOST_NODES) throw new TreeTooLarge(`${MOST_NODES} customers`);
    const nodes = rows.map((row) => ({
      id: Number(row.id),
      name: row.name,
      parentId: row.parentId === null ? null : Number(row.parentId),
      depth: Number(row.depth),
      children: [],
    }));
    if ((nodes.at(-1)?.depth ?? 0) > MOST_LEVELS) throw new TreeTooLarge(`${MOST_LEVELS} levels`);
    return nodes;
  }

  /** By customer, the nearest one above it among `seen`: those between are hidden from the caller. */
  private async nearestAbove(orphans: readonly CustomerNode[], seen: ReadonlyMap<number, CustomerNode>): Promise<Map<number, number>> {
    if (orphans.length === 0) return new Map();
    const paths = await this.work
      .repository(CustomerPath)
      .find({ where: { descendantId: In(orphans.map(({ id }) => id)) }, order: { depth: 'DESC' } });
    const above = paths.filter(({ ancestorId, depth }) => depth > 0 && seen.has(ancestorId));
    return new Map(above.map(({ descendantId, ancestorId }) => [descendantId, ancestorId]));
  }
}
