import { definePermissions } from '../platform/authorization/index.js';

export const OAuthApplicationPermission = definePermissions('oauth_application', {
  group: 'Access',
  label: 'OAuth application',
  description: 'Third-party programs that act in the name of customer users and users.',
  actions: ['view', 'create', 'edit', 'delete'],
  levels: { backend: ['none', 'organization', 'global'] },
});
