import { Injectable } from '@nestjs/common';
import { Contributions } from '../platform/contributions/index.js';
import { isBrokenReference, UnitOfWork } from '../platform/database/index.js';
import { Localizations } from './localizations.service.js';
import { LocalizationsRepository } from './localizations.repository.js';
import { OrganizationBeginnings } from './organization-beginnings.js';
import { InUse } from './organizations.errors.js';
import { RoleDirectory } from './role-directory.js';
import { SettingValue } from './setting.entity.js';
import { Websites } from './websites.service.js';
import { WebsitesRepository } from './websites.repository.js';

/** What every organization begins with: the predefined roles, English, a default website, and what features add. */
@Injectable()
export class Foundation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly contributions: Contributions,
    private readonly beginnings: OrganizationBeginnings,
    private readonly localizations: Localizations,
    private readonly allLocalizations: LocalizationsRepository,
    private readonly websites: Websites,
    private readonly allWebsites: WebsitesRepository,
  ) {}

  async lay(organizationId: number, url: string): Promise<void> {
    const [roles] = this.contributions.instancesOf(RoleDirectory);
    const given = await roles?.createPredefined(organizationId);
    const english = await this.localizations.add(organizationId, { name: 'English', languageCode: 'en' });
    await this.websites.add({
      organizationId,
      name: 'Default',
      url,
      isDefault: true,
      localizationIds: [english.id],
      defaultLocalizationId: english.id,
      defaultRoleId: given?.defaultRoleId ?? null,
      guestRoleId: given?.guestRoleId ?? null,
    });
    await this.beginnings.lay([organizationId]);
  }

  /** Takes it away again. Throws `InUse` when something was built on it. */
  async clear(organizationId: number): Promise<void> {
    const websites = await this.allWebsites.ofOrganization(organizationId);
    if (websites.some(({ isDefault }) => !isDefault)) throw new InUse('organization');
    try {
      await this.beginnings.clear(organizationId);
      await this.work.repository(SettingValue).delete({ scope: 'organization', scopeId: organizationId });
      for (const { id } of websites) await this.allWebsites.remove(id);
      await this.allLocalizations.removeAll(organizationId);
      for (const roles of this.contributions.instancesOf(RoleDirectory)) await roles.removeAll(organizationId);
    } catch (error) {
      throw error instanceof InUse || isBrokenReference(error) ? new InUse('organization') : error;
    }
  }
}
