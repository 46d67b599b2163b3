import { aRule, aTemplate } from '../../factories/notifications.js';
import type { BodyRoute } from './body-route.js';

const template = {
  method: 'POST',
  as: 'admin',
  id: async ({ admin }) => (await aTemplate(admin)).id,
} as const satisfies Partial<BodyRoute>;
const rule = { method: 'POST', as: 'admin', id: async ({ admin }) => (await aRule(admin)).id } as const satisfies Partial<BodyRoute>;
/** The second template that ships. */
const WELCOME = 2;

const texts = { localizationId: null, subject: 'News', html: '<p>News</p>', text: 'News' };

/** Those of templates and rules. */
export const NOTIFICATION_ROUTES: readonly BodyRoute[] = [
  {
    ...{ method: 'POST', route: '/admin/api/email-templates', as: 'admin', required: ['name', 'translations'] },
    body: ({ next }) => ({ name: `template ${next()}`, translations: [texts], organizationId: 1 }),
  },
  {
    ...{ ...template, method: 'PATCH', route: '/admin/api/email-templates/:id' },
    body: ({ next }) => ({ name: `template ${next()}`, translations: [texts] }),
  },
  {
    ...{ ...template, route: '/admin/api/email-templates/:id/preview' },
    body: ({ buyerId }) => ({ event: 'customer_user.created', recordId: buyerId, localizationId: 1, translations: [texts] }),
  },
  {
    ...{ method: 'POST', route: '/admin/api/notification-rules', as: 'admin', required: ['event', 'templateId', 'recipients'] },
    body: () => ({
      ...{ event: 'customer_user.welcomed', templateId: WELCOME, localizationId: 1, active: false, organizationId: 1 },
      ...{ conditions: [{ path: 'email', operator: 'eq', value: 'x' }], recipients: [{ type: 'path', path: 'owner' }] },
    }),
  },
  {
    ...{ ...rule, method: 'PATCH', route: '/admin/api/notification-rules/:id' },
    body: () => ({
      ...{ event: 'customer_user.welcomed', templateId: WELCOME, localizationId: 1, active: false },
      ...{ conditions: [{ path: 'email', operator: 'eq', value: 'x' }], recipients: [{ type: 'path', path: 'owner' }] },
    }),
  },
  { ...rule, route: '/admin/api/notification-rules/:id/dry-run', body: ({ buyerId }) => ({ recordId: buyerId }) },
];
