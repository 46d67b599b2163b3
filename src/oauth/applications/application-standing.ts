import { Injectable } from '@nestjs/common';
import { CustomerUserAccounts } from '../../customer-users/index.js';
import { Organizations } from '../../organizations/index.js';
import type { Principal } from '../../platform/context/index.js';
import { Users } from '../../users/index.js';
import type { OAuthApplication } from './oauth-application.entity.js';
import { OwnerDeleted } from '../oauth.errors.js';

/** Whether an application may act now, and with whose rights; or what stops it. */
export type Standing = { readonly owner: Principal } | { readonly blocked: string };

/** The one place that knows whether an application is good at this moment: for every token given out, and for every use of one. */
@Injectable()
export class ApplicationStanding {
  constructor(
    private readonly organizations: Organizations,
    private readonly accounts: CustomerUserAccounts,
    private readonly users: Users,
  ) {}

  async of(application: OAuthApplication): Promise<Standing> {
    const blocked = (reason: string): Standing => ({ blocked: reason });
    if (!application.active) return blocked('application_inactive');
    const organization = await this.organizations.find(application.organizationId);
    if (!organization?.enabled) return blocked('organization_disabled');
    const standing = await this.ofOwner(application);
    if (!standing) return blocked('owner_deleted');
    if ('blocked' in standing) return blocked(`owner_${standing.blocked}`);
    const owner = inOrganization(standing.principal, application.organizationId);
    return owner ? { owner } : blocked('owner_elsewhere');
  }

  /** Throws `OwnerDeleted`. */
  async refuseWithoutOwner(application: OAuthApplication): Promise<void> {
    if (!(await this.ofOwner(application))) throw new OwnerDeleted();
  }

  private ofOwner({ ownerType, ownerId }: OAuthApplication) {
    return (ownerType === 'user' ? this.users : this.accounts).standing(ownerId);
  }
}

/** An owner with global access may have given the application another organization than his own: there it acts, and nowhere else. */
function inOrganization(owner: Principal, organizationId: number): Principal | undefined {
  if (owner.organizationId === organizationId) return owner;
  return owner.globalAccess ? { ...owner, organizationId, globalAccess: false } : undefined;
}
