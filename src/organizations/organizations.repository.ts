import { Injectable } from '@nestjs/common';
import { CurrentContext } from '../platform/context/index.js';
import { isBrokenReference, refusingDuplicates, UnitOfWork } from '../platform/database/index.js';
import { Organization } from './organization.entity.js';
import { InUse, NameTaken } from './organizations.errors.js';
import { OrganizationPermission } from './organizations.permissions.js';
import { ReachedRows } from './reached-rows.js';

@Injectable()
export class OrganizationsRepository {
  readonly reached: ReachedRows<Organization>;

  constructor(
    private readonly work: UnitOfWork,
    context: CurrentContext,
  ) {
    const kind = { entity: Organization, noun: 'organization', organization: 'id', view: OrganizationPermission.view } as const;
    this.reached = new ReachedRows<Organization>(work, context, kind);
  }

  find(id: number): Promise<Organization | null> {
    return this.work.repository(Organization).findOneBy({ id });
  }

  exist(): Promise<boolean> {
    return this.work.repository(Organization).exists();
  }

  async ids(): Promise<number[]> {
    return (await this.work.repository(Organization).find({ select: { id: true }, order: { id: 'ASC' } })).map(({ id }) => id);
  }

  save(organization: Organization): Promise<Organization> {
    return refusingDuplicates(this.work.manager, { uq_organizations_name: () => new NameTaken('organization') }, () =>
      this.work.repository(Organization).save(organization),
    );
  }

  async remove(id: number): Promise<void> {
    await this.work
      .repository(Organization)
      .delete({ id })
      .catch((error: unknown) => {
        throw isBrokenReference(error) ? new InUse('organization') : error;
      });
  }
}
