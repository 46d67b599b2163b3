import { Injectable } from '@nestjs/common';
import { PermissionMissing, within } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { InvalidInput, NotFound } from '../platform/errors/index.js';
import { OrganizationChoice } from './organization-choice.js';
import { Organization } from './organization.entity.js';
import { GlobalAccessRequired } from './organizations.errors.js';
import { SettingPermission } from './organizations.permissions.js';
import type { SettingScope } from './setting.entity.js';
import type { SettingHolder } from './settings.js';
import { Website } from './website.entity.js';

/** Where a value is set. */
export interface SettingPlace {
  scope: SettingScope;
  /** The organization or website; 0 for the system. */
  scopeId: number;
  /** The organization that it belongs to; null for the system. */
  organizationId: number | null;
}

/** Finds the places whose settings the caller sees and sets. */
@Injectable()
export class SettingPlaces {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly choice: OrganizationChoice,
  ) {}

  /** What the caller may not see is not there; the system's settings, which all others fall back on, everybody sees. */
  async find({ organizationId, websiteId }: SettingHolder): Promise<SettingPlace> {
    if (organizationId && websiteId) throw new InvalidInput([bothGiven('organizationId'), bothGiven('websiteId')]);
    if (websiteId) return { scope: 'website', scopeId: websiteId, organizationId: await this.organizationOf(websiteId) };
    if (!organizationId) return { scope: 'system', scopeId: 0, organizationId: null };
    if (!(await this.sees(organizationId))) throw new NotFound('organization');
    return { scope: 'organization', scopeId: organizationId, organizationId };
  }

  /** The same, for a change. */
  async findForChange(holder: SettingHolder): Promise<SettingPlace> {
    const place = await this.find(holder);
    if (this.choice.isFree(SettingPermission.edit)) return place;
    if (place.organizationId === null)
      throw new GlobalAccessRequired('setting', "Changing the system's settings", SettingPermission.edit.name);
    if (place.organizationId !== this.context.principal().organizationId) throw new PermissionMissing(SettingPermission.edit.name);
    return place;
  }

  private async organizationOf(websiteId: number): Promise<number> {
    const query = this.work.repository(Website).createQueryBuilder('website').where('website.id = :websiteId', { websiteId });
    const columns = { organization: 'website.organizationId' };
    const website = await within(query, this.context.principal(), SettingPermission.view, columns).getOne();
    if (!website) throw new NotFound('website');
    return website.organizationId;
  }

  private sees(organizationId: number): Promise<boolean> {
    const query = this.work
      .repository(Organization)
      .createQueryBuilder('organization')
      .where('organization.id = :organizationId', { organizationId });
    return within(query, this.context.principal(), SettingPermission.view, { organization: 'organization.id' }).getExists();
  }
}

const bothGiven = (member: string) => ({
  pointer: `/${member}`,
  code: 'settings.one_holder',
  detail: 'Name an organization or a website, not both.',
});
