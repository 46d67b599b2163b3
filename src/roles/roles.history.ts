import type { PermissionMatrix } from '../platform/context/index.js';
import type { HistoryRules } from '../platform/history/index.js';
import type { CustomerUserRole } from './customer-user-role.entity.js';

/** A role with all that it allows. */
export type RecordedRole = CustomerUserRole & PermissionMatrix;

export const ROLE_HISTORY: HistoryRules<RecordedRole> = {
  entity: 'customer_user_role',
  members: ['label', 'code', 'customerId', 'selfManaged', 'public', 'permissions', 'capabilities'],
};
