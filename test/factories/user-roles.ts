import type { UserRoleView } from '../../src/users/index.js';
import type { Caller } from '../support/product.js';
import { created } from './created.js';
import type { Json } from './json.js';

export type UserRoleBody = Json<UserRoleView>;

export interface Matrix {
  permissions: Record<string, Record<string, string>>;
  capabilities: Record<string, boolean>;
}

let made = 0;

/** A role of console users that allows this, made over HTTP. */
export async function aUserRole(caller: Caller, matrix: Partial<Matrix> = {}, draft: object = {}): Promise<UserRoleBody> {
  const role = created(await caller.post<UserRoleBody>('/admin/api/user-roles', { label: `Made role ${(made += 1)}`, ...draft }));
  const { status, body } = await caller.put(`/admin/api/user-roles/${role.id}/permissions`, {
    permissions: {},
    capabilities: {},
    ...matrix,
  });
  if (status !== 200) throw new Error(`Putting permissions answered ${status}: ${JSON.stringify(body)}`);
  return (await caller.get<UserRoleBody>(`/admin/api/user-roles/${role.id}`)).body;
}

/** The role of that label which every organization has. */
export async function aPredefinedRole(caller: Caller, label: string): Promise<UserRoleBody> {
  const { body } = await caller.get<{ items: UserRoleBody[] }>(`/admin/api/user-roles?filter[label]=${encodeURIComponent(label)}`);
  const [role] = body.items;
  if (!role) throw new Error(`There is no role ${label}.`);
  return role;
}
