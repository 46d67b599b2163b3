import { Injectable } from '@nestjs/common';
import { Organizations } from '../../organizations/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { Users } from '../../users/index.js';
import { OrganizationRefused } from '../oauth.errors.js';
import type { OAuthApplication } from './oauth-application.entity.js';

/** In which organization an application may act. */
@Injectable()
export class ApplicationOrganizations {
  constructor(
    private readonly organizations: Organizations,
    private readonly users: Users,
    private readonly context: CurrentContext,
  ) {}

  /** Refuses to move an application from its organization, its owner's at first, to another. Throws `OrganizationRefused`. */
  async refuseMove(
    { ownerType, ownerId, organizationId }: Pick<OAuthApplication, 'ownerType' | 'ownerId' | 'organizationId'>,
    wanted: number,
  ): Promise<void> {
    if (wanted === organizationId) return;
    if (!this.context.principal().globalAccess) throw new OrganizationRefused('Another organization needs global access.');
    if (ownerType === 'customer-user') throw new OrganizationRefused("A customer user's application belongs to his own organization.");
    if (!(await this.organizations.find(wanted))) throw new OrganizationRefused('There is no such organization.');
    if (!(await this.users.actsIn(ownerId, wanted))) throw new OrganizationRefused('The owner has no access to that organization.');
  }
}
