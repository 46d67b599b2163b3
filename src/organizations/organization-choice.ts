import { Injectable } from '@nestjs/common';
import { type Permission } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import type { MemberFault } from '../platform/errors/index.js';
import { OrganizationUnknown } from './organizations.errors.js';
import { OrganizationsRepository } from './organizations.repository.js';

/** Which organization the caller acts in. */
@Injectable()
export class OrganizationChoice {
  constructor(
    private readonly context: CurrentContext,
    private readonly organizations: OrganizationsRepository,
  ) {}

  /** Whether the caller may use `permission` in every organization. */
  isFree(permission: Permission): boolean {
    const { globalAccess, rights } = this.context.principal();
    return globalAccess && rights.level(permission.name) === 'global';
  }

  /**
   * The organization that something is made in: the caller's own, or the one that he names when he is free to choose. Throws
   * `InvalidInput`, with the faults that are known already.
   */
  async choose(permission: Permission, wanted?: number, known: readonly MemberFault[] = []): Promise<number> {
    const { organizationId } = this.context.principal();
    if (wanted === undefined || wanted === organizationId) return organizationId;
    if (!this.isFree(permission) || !(await this.organizations.find(wanted))) throw new OrganizationUnknown(known);
    return wanted;
  }
}
