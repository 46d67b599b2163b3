import type { Principal } from '../context/index.js';
import type { MemberFault } from '../errors/index.js';
import type { Permission } from './permissions.js';

/** Who owns what the caller makes where nobody is named: himself, if he is a console user of that organization. */
export const defaultOwner = (caller: Principal | undefined, organizationId: number): number | null =>
  caller?.type === 'user' && caller.organizationId === organizationId ? caller.id : null;

/** Whether what the caller makes with `permission` has to be his own. */
export const makesOwn = (caller: Principal | undefined, { name }: Permission): caller is Principal =>
  caller?.type === 'user' && caller.rights.level(name) === 'own';

/** What is wrong with an owner who is named for what the caller makes with `permission`. */
export function ownerFaults(caller: Principal, permission: Permission, ownerId: number | null | undefined): MemberFault[] {
  if (!makesOwn(caller, permission) || ownerId === undefined || ownerId === caller.id) return [];
  const detail = `At its level own, ${permission.name} makes your own records alone: be the owner yourself, or name none.`;
  return [{ pointer: '/ownerId', code: 'auth.owner_not_self', detail }];
}
