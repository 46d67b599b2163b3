import { definePermissions } from '../platform/authorization/index.js';

const CRUD = ['view', 'create', 'edit', 'delete'] as const;
const levels = { backend: ['none', 'organization', 'global'] } as const;

export const OrganizationPermission = definePermissions('organization', {
  group: 'Setup',
  label: 'Organization',
  description: 'Businesses whose data is kept apart.',
  actions: CRUD,
  levels,
});

export const WebsitePermission = definePermissions('website', {
  group: 'Setup',
  label: 'Website',
  description: 'Storefronts.',
  actions: CRUD,
  levels,
});

export const LocalizationPermission = definePermissions('localization', {
  group: 'Setup',
  label: 'Localization',
  description: 'Languages that texts are kept in.',
  actions: CRUD,
  levels,
});

export const SettingPermission = definePermissions('setting', {
  group: 'Setup',
  label: 'Setting',
  description: 'How the product behaves, for the whole system, an organization or a website.',
  actions: ['view', 'edit'],
  levels,
});
