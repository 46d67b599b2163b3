import type { EntityTarget, FindOptionsWhere, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { CurrentContext } from '../context/index.js';
import { readRows, UnitOfWork } from '../database/index.js';
import { NotFound } from '../errors/index.js';
import { requirePermission, requireScope } from './access.guard.js';
import type { Permission } from './permissions.js';
import { type ReachColumns, reachesAllOf, within } from './reach.js';
import { PermissionMissing } from './token-refused.js';

/** Of one list of ids. */
const CHUNK = 1_000;

interface RowKind<T> {
  entity: EntityTarget<T>;
  /** The alias of the rows in queries. */
  alias: string;
  /** Without it nobody sees a row. */
  view: Permission;
  columns: ReachColumns;
  /** As messages name a row that is not there; the alias when left out. */
  noun?: string;
}

/** The rows of one kind, as far as the caller reaches them: what the repositories of resources are built on. */
export abstract class ReachedRows<T extends ObjectLiteral & { id: number; version: number }> {
  protected constructor(
    protected readonly work: UnitOfWork,
    protected readonly context: CurrentContext,
    private readonly kind: RowKind<T>,
  ) {}

  /** The rows that the caller reaches with `permission`. */
  reached(permission: Permission = this.kind.view): SelectQueryBuilder<T> {
    const { entity, alias, columns } = this.kind;
    return within(this.work.repository(entity).createQueryBuilder(alias), this.context.principal(), permission, columns);
  }

  /** The row when the caller may see it. Throws `NotFound`, and `ScopeMissing` when the token lets its application see none at all. */
  async get(id: number, permission: Permission = this.kind.view): Promise<T> {
    const [row] = await readRows(this.with(id, permission));
    if (row) return row;
    requireScope(this.context.principal(), permission.name);
    throw this.missing();
  }

  /** The row when the caller may see it (else 404) and do `permission` to it (else 403). */
  async getFor(id: number, permission: Permission): Promise<T> {
    const row = await this.get(id);
    const principal = this.context.principal();
    const reachesAsFar = principal.rights.level(permission.name) === principal.rights.level(this.kind.view.name);
    if (reachesAsFar || (await this.with(id, permission).getExists())) return row;
    requirePermission(principal, permission.name);
    throw new PermissionMissing(permission.name);
  }

  /** The same, locked until the unit of work ends, and of the version that the caller demands (else 412). */
  async getForChange(id: number, permission: Permission): Promise<T> {
    await this.lock(id);
    const row = await this.getFor(id, permission);
    this.context.refuseStale(row.version);
    return row;
  }

  /** Refuses a row, made or changed just now, that `permission` does not reach: who may do it to his own does it to nobody else's. */
  async refuseBeyond(id: number, permission: Permission): Promise<void> {
    if (await this.with(id, permission).getExists()) return;
    requirePermission(this.context.principal(), permission.name);
    throw new PermissionMissing(permission.name, { beyond: true });
  }

  /** Of rows of an organization, those that the caller reaches with `permission`. */
  async idsReached(permission: Permission, organizationId: number, ids: readonly number[]): Promise<Set<number>> {
    if (reachesAllOf(this.context.principal(), permission, organizationId)) return new Set(ids);
    const reached = new Set<number>();
    for (let start = 0; start < ids.length; start += CHUNK) {
      const query = this.reached(permission).andWhere(`${this.kind.alias}.id IN (:...ids)`, { ids: ids.slice(start, start + CHUNK) });
      for (const { id } of await query.select(`${this.kind.alias}.id`).getMany()) reached.add(id);
    }
    return reached;
  }

  /** The row, locked when in a unit of work; whoever acts. */
  async lock(id: number): Promise<T | undefined> {
    const where = { id } as FindOptionsWhere<T>;
    return (await this.work.repository(this.kind.entity).findOne({ where, lock: this.work.forUpdate })) ?? undefined;
  }

  protected missing(): Error {
    return new NotFound(this.kind.noun ?? this.kind.alias);
  }

  private with(id: number, permission: Permission): SelectQueryBuilder<T> {
    return this.reached(permission).andWhere(`${this.kind.alias}.id = :id`, { id });
  }
}
