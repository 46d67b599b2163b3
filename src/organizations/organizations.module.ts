import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { contributePermissions } from '../platform/authorization/index.js';
import { Localization } from './localization.entity.js';
import { LocalizationsController } from './localizations.controller.js';
import { Localizations } from './localizations.service.js';
import { Organization } from './organization.entity.js';
import { OrganizationsController } from './organizations.controller.js';
import { LocalizationPermission, OrganizationPermission, WebsitePermission } from './organizations.permissions.js';
import { Organizations } from './organizations.service.js';
import { SettingValue } from './setting.entity.js';
import { Settings } from './settings.js';
import { Website, WebsiteLocalization } from './website.entity.js';
import { WebsitesController } from './websites.controller.js';
import { Websites } from './websites.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Organization, Localization, Website, WebsiteLocalization, SettingValue])],
  controllers: [OrganizationsController, WebsitesController, LocalizationsController],
  providers: [
    Organizations,
    Websites,
    Localizations,
    Settings,
    ...contributePermissions(OrganizationPermission, WebsitePermission, LocalizationPermission),
  ],
  exports: [Organizations, Websites, Localizations, Settings],
})
export class OrganizationsModule {}
