import type { HistoryRules } from '../platform/history/index.js';
import type { User } from './user.entity.js';

export type RecordedUser = User & { roleIds: number[] };

export const USER_HISTORY: HistoryRules<RecordedUser> = {
  entity: 'user',
  members: ['email', 'firstName', 'lastName', 'enabled', 'organizationId', 'globalAccess', 'roleIds'],
  secrets: ['passwordHash'],
};
