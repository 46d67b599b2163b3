import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { ReachedRows } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { isBrokenReference, refusingDuplicates, UnitOfWork } from '../platform/database/index.js';
import { Localization } from './localization.entity.js';
import { InUse, NameTaken } from './organizations.errors.js';
import { LocalizationPermission } from './organizations.permissions.js';

@Injectable()
export class LocalizationsRepository extends ReachedRows<Localization> {
  constructor(work: UnitOfWork, context: CurrentContext) {
    super(work, context, {
      entity: Localization,
      alias: 'localization',
      view: LocalizationPermission.view,
      columns: { organization: 'localization.organizationId' },
    });
  }

  find(id: number, organizationId: number): Promise<Localization | null> {
    return this.work.repository(Localization).findOneBy({ id, organizationId });
  }

  findAll(ids: readonly number[]): Promise<Localization[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.work.repository(Localization).findBy({ id: In([...new Set(ids)]) });
  }

  /** Those of `ids` that are the organization's. */
  async known(organizationId: number, ids: readonly number[]): Promise<Set<number>> {
    const rows = await this.findAll(ids);
    return new Set(rows.filter((row) => row.organizationId === organizationId).map(({ id }) => id));
  }

  save(localization: Localization): Promise<Localization> {
    return refusingDuplicates(this.work.manager, { uq_localizations_name: () => new NameTaken('localization') }, () =>
      this.work.repository(Localization).save(localization),
    );
  }

  async remove(id: number): Promise<void> {
    await this.deleting({ id }, 'localization');
  }

  /** All of an organization, which goes with them. */
  async removeAll(organizationId: number): Promise<void> {
    await this.work.repository(Localization).update({ organizationId }, { parentId: null });
    await this.deleting({ organizationId }, 'organization');
  }

  private async deleting(where: { id: number } | { organizationId: number }, noun: 'localization' | 'organization'): Promise<void> {
    await this.work
      .repository(Localization)
      .delete(where)
      .catch((error: unknown) => {
        throw isBrokenReference(error) ? new InUse(noun) : error;
      });
  }
}
