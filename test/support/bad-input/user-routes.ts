import { aUserRole } from '../../factories/user-roles.js';
import { aUser, aUserDraft, USER_PASSWORD } from '../../factories/users.js';
import type { BodyRoute } from './body-route.js';

/** Those of console users and their roles. */
export const USER_ROUTES: readonly BodyRoute[] = [
  {
    ...{ method: 'POST', route: '/admin/api/users', as: 'admin', required: ['email', 'firstName', 'lastName'] },
    body: () => aUserDraft({ enabled: true, roleIds: [1], organizationId: 1, globalAccess: false, password: USER_PASSWORD }),
  },
  {
    ...{ method: 'PATCH', route: '/admin/api/users/:id', as: 'admin', id: async ({ admin }) => (await aUser(admin)).id },
    body: () => aUserDraft({ enabled: true, roleIds: [1], globalAccess: false, password: USER_PASSWORD }),
  },
  {
    ...{ method: 'POST', route: '/admin/api/user-roles', as: 'admin', required: ['label'] },
    body: ({ next }) => ({ label: `Role of bodies ${next()}`, organizationId: null }),
  },
  {
    ...{ method: 'PATCH', route: '/admin/api/user-roles/:id', as: 'admin', id: async ({ admin }) => (await aUserRole(admin)).id },
    body: ({ next }) => ({ label: `Role of bodies ${next()}` }),
  },
  {
    ...{ method: 'PUT', route: '/admin/api/user-roles/:id/permissions', as: 'admin', id: async ({ admin }) => (await aUserRole(admin)).id },
    ...{ required: ['permissions', 'capabilities'], open: ['permissions', 'capabilities'] },
    body: () => ({ permissions: { customer: { view: 'own' } }, capabilities: { import: true } }),
  },
  { ...{ method: 'PATCH', route: '/admin/api/me', as: 'admin' }, body: () => ({ firstName: 'First', lastName: 'Administrator' }) },
  {
    ...{ method: 'POST', route: '/admin/api/me/password', as: 'admin', required: ['currentPassword', 'newPassword'] },
    body: () => ({ currentPassword: 'not the current one', newPassword: USER_PASSWORD }),
  },
];
