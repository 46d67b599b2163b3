import type { EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { type Permission, PermissionMissing, within } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { NotFound } from '../platform/errors/index.js';

interface RowKind<T> {
  entity: EntityTarget<T>;
  /** As queries and messages name it. */
  noun: string;
  /** The member that says which organization a row belongs to. */
  organization: keyof T & string;
  view: Permission;
}

/** Rows as far as the caller reaches them. */
export class ReachedRows<T extends ObjectLiteral & { id: number; version: number }> {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly kind: RowKind<T>,
  ) {}

  /** The rows that the caller reaches with `permission`. */
  with(permission: Permission = this.kind.view) {
    const { entity, noun, organization } = this.kind;
    const query = this.work.repository(entity).createQueryBuilder(noun);
    return within(query, this.context.principal(), permission, { organization: `${noun}.${organization}` });
  }

  find(id: number, permission: Permission = this.kind.view): Promise<T | null> {
    return this.with(permission).andWhere(`${this.kind.noun}.id = :id`, { id }).getOne();
  }

  async get(id: number): Promise<T> {
    const row = await this.find(id);
    if (!row) throw new NotFound(this.kind.noun);
    return row;
  }

  /** The row when the caller may see it (else 404) and do `permission` to it (else 403). */
  async getFor(id: number, permission: Permission): Promise<T> {
    const row = await this.get(id);
    if (!(await this.find(id, permission))) throw new PermissionMissing(permission.name);
    return row;
  }

  /** The same, locked, and of the version that the caller demands. */
  async getForChange(id: number, permission: Permission): Promise<T> {
    await this.lock(id);
    const row = await this.getFor(id, permission);
    this.context.refuseStale(row.version);
    return row;
  }

  /** Whoever acts. */
  lock(id: number): Promise<T | null> {
    return this.work.repository(this.kind.entity).findOne({ where: { id } as FindOptionsWhere<T>, lock: this.work.forUpdate });
  }
}
