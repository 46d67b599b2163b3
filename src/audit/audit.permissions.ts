import { definePermissions } from '../platform/authorization/index.js';

export const AuditEventPermission = definePermissions('audit_event', {
  group: 'Access',
  label: 'Audit event',
  description: 'Who changed what, with the old and the new values.',
  actions: ['view'],
  levels: { backend: ['none', 'organization', 'global'] },
});

export const LoginAttemptPermission = definePermissions('login_attempt', {
  group: 'Access',
  label: 'Login attempt',
  description: 'Who got in, or tried to.',
  actions: ['view'],
  levels: { backend: ['none', 'organization', 'global'] },
});
