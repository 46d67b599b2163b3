import { definePermissions } from '../../platform/authorization/index.js';

export const PersonalDataPermission = definePermissions('personal_data', {
  group: 'Consents',
  label: 'Personal data',
  description: 'To collect all that is held about a customer user is to view his personal data; to erase him is to delete it.',
  actions: ['view', 'delete'],
  levels: { backend: ['none', 'organization', 'global'] },
});
