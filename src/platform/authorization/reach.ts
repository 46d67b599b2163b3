import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Principal } from '../context/index.js';
import type { Permission } from './permissions.js';

/** By what a level reaches a record: columns as `alias.property`, and conditions. A level whose column is missing reaches nothing. */
export interface ReachColumns {
  organization: string;
  /** The console user who owns the record. */
  owner?: string;
  /** A condition in SQL under which a record is a console user's own as well as when he owns it; `:reachOwner` is his id. */
  assigned?: string;
  /** The customer that the record belongs to. */
  customer?: string;
  /** The customers below `:reachCustomer` and itself: a subselect. Without it, `hierarchy` reaches as far as `customer`. */
  below?: string;
  /** The customer user that the record belongs to. */
  person?: string;
}

/**
 * Narrows a query to the records that the principal's level of `permission` reaches: a `where`, never a filter after the read.
 */
export function within<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  principal: Principal,
  permission: Permission,
  columns: ReachColumns,
): SelectQueryBuilder<T> {
  const level = principal.rights.level(permission.name);
  if (level === 'global' && principal.globalAccess) return query;
  query.andWhere(`${columns.organization} = :reachOrganization`, { reachOrganization: principal.organizationId });
  // Filters of lists may ask for it at any level.
  if (principal.customerId !== undefined) query.setParameter('reachCustomer', principal.customerId);
  switch (level) {
    case 'global':
    case 'organization':
    case 'full':
      return query;
    case 'customer':
      return match(query, columns.customer && `${columns.customer} = :reachCustomer`, { reachCustomer: principal.customerId });
    case 'hierarchy':
      return match(query, hierarchy(columns), { reachCustomer: principal.customerId });
    case 'own':
      return match(query, own(principal, columns), { reachOwner: principal.id });
    case 'none':
      return query.andWhere('1 = 0');
  }
}

/** Whether the principal's level of `permission` reaches every record of an organization, so that no record has to be looked at. */
export function reachesAllOf({ rights, globalAccess, organizationId }: Principal, { name }: Permission, organization: number): boolean {
  const level = rights.level(name);
  if (level === 'global' && globalAccess) return true;
  return organization === organizationId && ['global', 'organization', 'full'].includes(level);
}

function own({ type }: Principal, { owner, assigned, person }: ReachColumns): string | undefined {
  if (type === 'customer-user') return person && `${person} = :reachOwner`;
  const conditions = [owner && `${owner} = :reachOwner`, assigned].filter((condition) => condition !== undefined);
  return conditions.length === 0 ? undefined : `(${conditions.join(' OR ')})`;
}

function hierarchy({ customer, below }: ReachColumns): string | undefined {
  return customer && (below ? `${customer} IN (${below})` : `${customer} = :reachCustomer`);
}

function match<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  condition: string | undefined,
  values: Record<string, number | undefined>,
) {
  const known = Object.values(values).every((value) => value !== undefined);
  return condition === undefined || !known ? query.andWhere('1 = 0') : query.andWhere(condition, values);
}
