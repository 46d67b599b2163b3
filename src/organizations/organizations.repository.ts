import { Injectable } from '@nestjs/common';
import { ReachedRows } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { isBrokenReference, refusingDuplicates, UnitOfWork } from '../platform/database/index.js';
import { Organization } from './organization.entity.js';
import { InUse, NameTaken } from './organizations.errors.js';
import { OrganizationPermission } from './organizations.permissions.js';

@Injectable()
export class OrganizationsRepository extends ReachedRows<Organization> {
  constructor(work: UnitOfWork, context: CurrentContext) {
    super(work, context, {
      entity: Organization,
      alias: 'organization',
      view: OrganizationPermission.view,
      columns: { organization: 'organization.id' },
    });
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
