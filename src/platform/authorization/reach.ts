import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Principal } from '../context/index.js';
import type { Permission } from './permissions.js';

/** The columns, as `alias.property`, by which a level reaches a record. A level whose column is missing reaches nothing. */
export interface ReachColumns {
  organization: string;
  /** The console user who owns the record. */
  owner?: string;
  /** The customer that the record belongs to. */
  customer?: string;
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
  switch (level) {
    case 'global':
    case 'organization':
    case 'full':
      return query;
    case 'customer':
    case 'hierarchy':
      return match(query, columns.customer, 'reachCustomer', principal.customerId);
    case 'own':
      return match(query, principal.type === 'user' ? columns.owner : columns.person, 'reachOwner', principal.id);
    case 'none':
      return query.andWhere('1 = 0');
  }
}

function match<T extends ObjectLiteral>(query: SelectQueryBuilder<T>, column: string | undefined, name: string, value: number | undefined) {
  return column === undefined || value === undefined ? query.andWhere('1 = 0') : query.andWhere(`${column} = :${name}`, { [name]: value });
}
