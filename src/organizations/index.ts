/** Organizations, their websites, localizations and settings. */
export { Localizations } from './localizations.service.js';
export { LocalizationView, NamedView, OrganizationView, WebsiteView } from './organizations.dto.js';
export { OrganizationsModule } from './organizations.module.js';
export { Organizations } from './organizations.service.js';
export { type Setting, settings } from './setting-catalog.js';
export { type SettingHolder, Settings } from './settings.js';
export { Websites } from './websites.service.js';
