import type { TemplateContexts, TemplateName } from './template-contexts.js';

const person = { firstName: 'Amanda', email: 'amanda.cole@northwind.example', websiteName: 'Acme Supplies' };
const setPassword = 'https://shop.example.com/account/set-password?token=WxBhDVAGQvFS5zrmSBqkY8TCT0dzBmnw3Gj5yGQnXJY';
const changeEmail = setPassword.replace('set-password', 'change-email');
const application = {
  applicationName: 'Warehouse connector',
  clientId: '3f1c9a52d0e84b7fa6c2517be08d94e1',
  createdBy: 'Ryan Admin',
  createdAt: '2026-11-23T10:20:30.000Z',
};
const { applicationName, clientId } = application;
const name = 'Amanda Cole';
const site = 'https://shop.example.com';
const ofCustomerUser = { ownerType: 'customer-user' as const, websiteName: person.websiteName, link: site };
const applicationChange = { name, applicationName, clientId, by: 'Ryan Admin', at: '2026-11-23T10:20:30.000Z', ...ofCustomerUser };
const outcome = {
  name: 'Ryan Admin',
  entity: 'customer users',
  fileName: 'customer-users.csv',
  counts: { read: 2_000, added: 1_875, replaced: 90, unchanged: 12, deleted: 0, failed: 23 },
  link: 'https://shop.example.com/admin/api/imports/12',
};

/** One plausible context for each template: what a template is checked with, and what its placeholders are shown with. */
export const TEMPLATE_SAMPLES: { readonly [N in TemplateName]: TemplateContexts[N] } = {
  customer_user_welcome_email_registered_by_admin: { ...person, link: setPassword, validHours: 24 },
  customer_user_welcome_email: { ...person, link: 'https://shop.example.com/login', confirmed: true },
  customer_user_confirmation_email: { ...person, link: setPassword.replace('set-password', 'confirm'), validHours: 24 },
  customer_user_reset_password: { ...person, link: setPassword, validHours: 24 },
  customer_user_force_reset_password: { ...person, link: setPassword, validHours: 1 },
  customer_user_email_change_request: { ...person, newEmail: 'a.cole@northwind.example', link: changeEmail, validHours: 24 },
  customer_user_email_change_confirmation: { ...person, email: 'a.cole@northwind.example', link: changeEmail, validHours: 24 },
  customer_user_email_changed: { ...person, newEmail: 'a.cole@northwind.example', link: site },
  not_unique_customer_user_email: { ...person, link: 'https://shop.example.com/login' },
  consent_withdrawn: {
    ...{ customerUserName: 'Amanda Cole', email: person.email, websiteName: person.websiteName },
    ...{ consentName: 'Terms of use', consentVersion: 2, at: '2026-11-23T10:20:30.000Z' },
    link: 'https://shop.example.com/admin/api/customer-users/4711/consents',
  },
  customer_user_oauth_application_created: { ...application, firstName: 'Amanda', websiteName: 'Acme Supplies', link: site },
  user_oauth_application_created: { ...application, name: 'Ryan Admin', link: 'https://shop.example.com/admin/api/oauth-applications/5' },
  oauth_application_secret_added: applicationChange,
  oauth_application_deactivated: applicationChange,
  oauth_application_deleted: applicationChange,
  oauth_secret_expiring: { name, applicationName, clientId, secretHint: '7xQe', expiresAt: '2026-12-07T10:20:30.000Z', ...ofCustomerUser },
  import_result: outcome,
  import_validation_result: outcome,
  import_error: {
    ...outcome,
    counts: { read: 0, added: 0, replaced: 0, unchanged: 0, deleted: 0, failed: 0 },
    reason: 'Row 3 has 14 columns, the header has 17.',
  },
  export_result: {
    name: 'Ryan Admin',
    entity: 'customer users',
    rows: 4_312,
    keptDays: 14,
    link: 'https://shop.example.com/admin/api/exports/4/file',
    reason: null,
  },
};

export const TEMPLATE_NAMES = Object.keys(TEMPLATE_SAMPLES) as TemplateName[];

export const isTemplateName = (name: string): name is TemplateName => Object.hasOwn(TEMPLATE_SAMPLES, name);
