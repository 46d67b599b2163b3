/** Organizations, their websites, localizations and settings. */
export { LocalizationView } from './localizations.dto.js';
export { Localizations } from './localizations.service.js';
export { OrganizationBeginning, OrganizationBeginnings } from './organization-beginnings.js';
export { OrganizationChoice } from './organization-choice.js';
export { NamedView, OrganizationView } from './organizations.dto.js';
export { OrganizationsModule } from './organizations.module.js';
export { Organizations } from './organizations.service.js';
export { PasswordRules } from './password-rules.js';
export { RoleDirectory } from './role-directory.js';
export { type Setting, settings } from './setting-catalog.js';
export { SettingGuard } from './setting-guard.js';
export { type SettingHolder, Settings } from './settings.js';
export { SettingView } from './settings.dto.js';
export { WebsiteUse } from './website-use.js';
export { WebsiteView } from './websites.dto.js';
export { Websites } from './websites.service.js';
