import { definePermissions } from '../platform/authorization/index.js';

export const ConsentPermission = definePermissions('consent', {
  group: 'Consents',
  label: 'Consent',
  description: 'What customer users agree to, and the ledger of who did.',
  actions: ['view', 'create', 'edit', 'delete'],
  levels: { backend: ['none', 'organization', 'global'] },
});
