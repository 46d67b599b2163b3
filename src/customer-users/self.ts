import type { Principal } from '../platform/context/index.js';
import { ActOnSelf } from './customer-users.errors.js';

/** Whether a customer user would act on himself. */
export const isSelf = ({ type, id }: Principal, customerUserId: number): boolean => type === 'customer-user' && id === customerUserId;

/** Nobody disables, deletes or resets himself, or does anything else to himself that is for others. */
export function refuseSelf(principal: Principal, customerUserId: number): void {
  if (isSelf(principal, customerUserId)) throw new ActOnSelf();
}
