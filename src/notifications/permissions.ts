import { definePermissions } from '../platform/authorization/index.js';

export const EmailPermission = definePermissions('email', {
  group: 'Notifications',
  label: 'Email',
  description: 'The delivery log of the mails that were sent to people.',
  actions: ['view', 'edit'],
  levels: { backend: ['none', 'organization', 'global'] },
});
