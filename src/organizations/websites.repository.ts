import { Injectable } from '@nestjs/common';
import { type FindOptionsWhere, In } from 'typeorm';
import { ReachedRows } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { isBrokenReference, refusingDuplicates, UnitOfWork } from '../platform/database/index.js';
import { InUse, NameTaken } from './organizations.errors.js';
import { WebsitePermission } from './organizations.permissions.js';
import { SettingValue } from './setting.entity.js';
import { Website, WebsiteLocalization } from './website.entity.js';

@Injectable()
export class WebsitesRepository extends ReachedRows<Website> {
  constructor(work: UnitOfWork, context: CurrentContext) {
    super(work, context, {
      entity: Website,
      alias: 'website',
      view: WebsitePermission.view,
      columns: { organization: 'website.organizationId' },
    });
  }

  /** The first one that fits, by organization. */
  find(where: FindOptionsWhere<Website>): Promise<Website | null> {
    return this.work.repository(Website).findOne({ where, order: { organizationId: 'ASC' } });
  }

  findAll(ids: readonly number[]): Promise<Website[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.work.repository(Website).findBy({ id: In([...new Set(ids)]) });
  }

  ofOrganization(organizationId: number): Promise<Website[]> {
    return this.work.repository(Website).find({ where: { organizationId }, order: { id: 'ASC' } });
  }

  /** What each website offers, by its id. */
  async localizationsOf(ids: readonly number[]): Promise<Map<number, number[]>> {
    const rows = await this.work
      .repository(WebsiteLocalization)
      .find({ where: { websiteId: In(ids) }, order: { websiteId: 'ASC', localizationId: 'ASC' } });
    return new Map(ids.map((id) => [id, rows.filter(({ websiteId }) => websiteId === id).map(({ localizationId }) => localizationId)]));
  }

  async replaceLocalizations(websiteId: number, localizationIds: readonly number[]): Promise<void> {
    const rows = this.work.repository(WebsiteLocalization);
    await rows.delete({ websiteId });
    await rows.insert(localizationIds.map((localizationId) => ({ websiteId, localizationId })));
  }

  save(website: Website): Promise<Website> {
    return refusingDuplicates(this.work.manager, { uq_websites_name: () => new NameTaken('website') }, () =>
      this.work.repository(Website).save(website),
    );
  }

  /** With its settings. */
  async remove(id: number): Promise<void> {
    await this.work.repository(SettingValue).delete({ scope: 'website', scopeId: id });
    await this.work
      .repository(Website)
      .delete({ id })
      .catch((error: unknown) => {
        throw isBrokenReference(error) ? new InUse('website') : error;
      });
  }
}
