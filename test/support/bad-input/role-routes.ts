import { aRoleOverHttp } from '../../factories/customer-user-roles.js';
import type { Product } from '../product.js';
import type { BodyRoute } from './body-route.js';

const PATH = '/admin/api/customer-user-roles';
const role = async ({ admin }: Product) => (await aRoleOverHttp(admin)).id;
const matrix = () => ({ permissions: { customer_user: { view: 'own' } }, capabilities: { update_own_profile: true } });

/** Those of customer user roles. */
export const ROLE_ROUTES: readonly BodyRoute[] = [
  {
    ...{ method: 'POST', route: PATH, as: 'admin', required: ['label'] },
    body: ({ customerId, next }) => ({
      ...{ label: `Role of bodies ${next()}`, code: `ROLE_FRONTEND_BODY_${next()}`, customerId, organizationId: 1 },
      ...{ selfManaged: true, public: true },
    }),
  },
  {
    ...{ method: 'PATCH', route: `${PATH}/:id`, as: 'admin', id: role },
    body: ({ customerId, next }) => ({
      ...{ label: `Role of bodies ${next()}`, code: `ROLE_FRONTEND_BODY_${next()}`, customerId },
      ...{ selfManaged: true, public: true },
    }),
  },
  {
    ...{ method: 'PUT', route: `${PATH}/:id/permissions`, as: 'admin', id: role },
    ...{ required: ['permissions', 'capabilities'], open: ['permissions', 'capabilities'] },
    body: matrix,
  },
  {
    ...{ method: 'POST', route: `${PATH}/:id/permissions/preview`, as: 'admin', id: role },
    ...{ required: ['permissions', 'capabilities'], open: ['permissions', 'capabilities'] },
    body: matrix,
  },
  {
    ...{ method: 'POST', route: `${PATH}/:id/clone`, as: 'admin', id: role },
    body: ({ customerId, next }) => ({ label: `Role of bodies ${next()}`, customerId }),
  },
  {
    ...{ method: 'PUT', route: `${PATH}/:id/customer-users`, as: 'admin', id: role, required: ['customerUserIds'] },
    body: ({ buyerId }) => ({ customerUserIds: [buyerId] }),
  },
];
