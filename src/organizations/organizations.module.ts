import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { contributePermissions } from '../platform/authorization/index.js';
import { Foundation } from './foundation.js';
import { Localization } from './localization.entity.js';
import { LocalizationsController } from './localizations.controller.js';
import { LocalizationsRepository } from './localizations.repository.js';
import { Localizations } from './localizations.service.js';
import { OrganizationBeginnings } from './organization-beginnings.js';
import { OrganizationChoice } from './organization-choice.js';
import { Organization } from './organization.entity.js';
import { OrganizationsController } from './organizations.controller.js';
import { LocalizationPermission, OrganizationPermission, SettingPermission, WebsitePermission } from './organizations.permissions.js';
import { OrganizationsRepository } from './organizations.repository.js';
import { Organizations } from './organizations.service.js';
import { PasswordRules } from './password-rules.js';
import { SettingChanges } from './setting-changes.service.js';
import { SettingPlaces } from './setting-places.js';
import { SettingValuesRepository } from './setting-values.repository.js';
import { SettingValue } from './setting.entity.js';
import { SettingsController } from './settings.controller.js';
import { Settings } from './settings.js';
import { WebsiteReferences } from './website-references.js';
import { Website, WebsiteLocalization } from './website.entity.js';
import { WebsitesController } from './websites.controller.js';
import { WebsitesRepository } from './websites.repository.js';
import { Websites } from './websites.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Organization, Localization, Website, WebsiteLocalization, SettingValue])],
  controllers: [OrganizationsController, WebsitesController, LocalizationsController, SettingsController],
  providers: [
    Organizations,
    OrganizationsRepository,
    OrganizationBeginnings,
    OrganizationChoice,
    Foundation,
    Websites,
    WebsitesRepository,
    WebsiteReferences,
    Localizations,
    LocalizationsRepository,
    Settings,
    PasswordRules,
    SettingChanges,
    SettingPlaces,
    SettingValuesRepository,
    ...contributePermissions(OrganizationPermission, WebsitePermission, LocalizationPermission, SettingPermission),
  ],
  exports: [Organizations, OrganizationBeginnings, OrganizationChoice, Websites, Localizations, PasswordRules, Settings],
})
export class OrganizationsModule {}
