import type { Level } from '../../src/platform/context/index.js';
import { CustomerUserRole } from '../../src/roles/customer-user-role.entity.js';
import type { RoleView } from '../../src/roles/index.js';
import type { Caller, Product } from '../support/product.js';
import { created } from './created.js';
import type { Json } from './json.js';

/** The predefined roles of the first organization. */
export const [ADMINISTRATOR, BUYER, VISITOR] = [1, 2, 3] as const;

let made = 0;

interface RoleDraft {
  label?: string;
  /** `null`: predefined. */
  customerId?: number | null;
  organizationId?: number;
  selfManaged?: boolean;
  public?: boolean;
  permissions?: Record<string, Record<string, Level>>;
  capabilities?: Record<string, boolean>;
}

/** A role that allows this and nothing else. */
export async function aRole(product: Product, draft: RoleDraft = {}): Promise<number> {
  made += 1;
  const { permissions = {}, capabilities = {}, customerId = null, ...members } = draft;
  const now = new Date();
  const role = {
    ...{ organizationId: 1, label: `Made role ${made}`, code: `ROLE_FRONTEND_MADE_${made}`, selfManaged: true, public: true },
    ...members,
    ...{ customerId, customerKey: customerId ?? 0, root: 'none', matrix: { permissions, capabilities } },
    ...{ createdAt: now, updatedAt: now },
  } as const;
  return (await product.work.repository(CustomerUserRole).save(role as CustomerUserRole)).id;
}

export type RoleBody = Json<RoleView>;

/** A role that allows nothing, made over HTTP. */
export async function aRoleOverHttp(caller: Caller, draft: object = {}): Promise<RoleBody> {
  return created(await caller.post<RoleBody>('/admin/api/customer-user-roles', { label: `Made role ${(made += 1)}`, ...draft }));
}
