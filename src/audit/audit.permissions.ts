import { definePermissions } from '../platform/authorization/index.js';

export const LoginAttemptPermission = definePermissions('login_attempt', {
  label: 'Login attempt',
  description: 'Who got in, or tried to.',
  actions: ['view'],
  levels: { backend: ['none', 'organization', 'global'] },
});
