import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Permission } from '../platform/authorization/index.js';
import { CurrentContext, type Principal, reaches } from '../platform/context/index.js';
import { Users } from '../users/index.js';
import type { ActingApplication } from './run.js';

interface Owned {
  /** Where the owner acted when he started it. */
  readonly organizationId: number;
  readonly createdById: number;
  readonly application: ActingApplication | null;
}

interface Profile {
  readonly entity: string;
  readonly view: Permission;
}

/** Whose runs they are, and who may see them. */
@Injectable()
export class RunOwners {
  constructor(
    private readonly users: Users,
    private readonly context: CurrentContext,
  ) {}

  /** As whom the run acts, with the rights of now; `undefined` when its owner is gone, disabled, elsewhere, or not allowed it any more. */
  async principalOf({ organizationId, createdById, application }: Owned, capability: Permission): Promise<Principal | undefined> {
    const standing = await this.users.standing(createdById);
    if (!standing || !('principal' in standing) || !standing.principal.rights.holds(capability.name)) return undefined;
    const { principal } = standing;
    if (!application) return principal.organizationId === organizationId ? principal : undefined;
    // As at a request of the application: in its own organization, with the owner's rights cut to its scopes.
    const globalAccess = principal.globalAccess && principal.organizationId === organizationId;
    return { ...principal, organizationId, globalAccess, rights: principal.rights.cutTo(application.scopes), application };
  }

  /** Narrows a query to the caller's own runs, and to those of records that he sees in his whole organization anyway. */
  visible<T extends ObjectLiteral>(query: SelectQueryBuilder<T>, alias: string, profiles: readonly Profile[]): SelectQueryBuilder<T> {
    const { id, organizationId, globalAccess, rights, application } = this.context.principal();
    const seen = profiles.filter(
      ({ view }) => reaches(rights.level(view.name), 'organization') && (application?.scopes.includes(view.name) ?? true),
    );
    const everywhere = globalAccess ? seen.filter(({ view }) => rights.level(view.name) === 'global') : [];
    const entities = (of: readonly Profile[]) => ['', ...of.map(({ entity }) => entity)];
    // What somebody with global access exported may hold the records of every organization.
    const ofOneOrganization = `NOT EXISTS (SELECT 1 FROM users u WHERE u.id = ${alias}.createdById AND u.global_access = :everyOrganization)`;
    return query.andWhere(
      `(${alias}.createdById = :me OR ${alias}.entity IN (:...everywhere) OR (${alias}.organizationId = :mine AND ${alias}.entity IN (:...seen) AND ${ofOneOrganization}))`,
      { me: id, mine: organizationId, everywhere: entities(everywhere), seen: entities(seen), everyOrganization: true },
    );
  }
}
