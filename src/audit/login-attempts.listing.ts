import { defineListing } from '../platform/listing/index.js';
import { LOGIN_SOURCES } from './login-attempt.entity.js';

export const loginAttemptListing = defineListing({
  id: 'attempt.id',
  defaultSort: '-id',
  fields: {
    id: { column: 'attempt.id', type: 'id', sort: true },
    at: { column: 'attempt.at', type: 'instant', sort: true },
    success: { column: 'attempt.success', type: 'boolean' },
    reason: { column: 'attempt.reason', type: 'text', nullable: true },
    source: { column: 'attempt.source', type: 'enumerated', values: LOGIN_SOURCES },
    side: { column: 'attempt.side', type: 'text', nullable: true },
    username: { column: 'attempt.usernameKey', type: 'text', lowercase: true },
    userId: { column: 'attempt.userId', type: 'id', nullable: true },
    customerUserId: { column: 'attempt.customerUserId', type: 'id', nullable: true },
    user: { column: 'attempt.user', type: 'text', nullable: true },
    ip: { column: 'attempt.ip', type: 'text', nullable: true },
    userAgent: { column: 'attempt.userAgent', type: 'text', nullable: true },
  },
});
