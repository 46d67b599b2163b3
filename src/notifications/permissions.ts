import { definePermissions } from '../platform/authorization/index.js';

export const EmailPermission = definePermissions('email', {
  group: 'Notifications',
  label: 'Email',
  description: 'The delivery log of the mails that were sent to people.',
  actions: ['view', 'edit'],
  levels: { backend: ['none', 'organization', 'global'] },
});

export const EmailTemplatePermission = definePermissions('email_template', {
  label: 'Email template',
  group: 'Notifications',
  description: 'What mails say, in every language.',
  actions: ['view', 'create', 'edit', 'delete'],
  levels: { backend: ['none', 'organization', 'global'] },
});

export const NotificationRulePermission = definePermissions('notification_rule', {
  label: 'Notification rule',
  group: 'Notifications',
  description: 'Who gets which mail when something happens.',
  actions: ['view', 'create', 'edit', 'delete'],
  levels: { backend: ['none', 'organization', 'global'] },
});
