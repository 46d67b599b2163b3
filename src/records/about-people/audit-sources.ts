import { Injectable } from '@nestjs/common';
import { LoginAttemptPermission, LoginAttempts } from '../../audit/index.js';
import { CustomerUserChanges, CustomerUserPermission } from '../../customer-users/index.js';
import { TimelineSource } from './timeline-source.js';

/** What was changed of customer users themselves. */
@Injectable()
export class ChangesOnTimelines extends TimelineSource {
  readonly kind = 'change';
  readonly permission = CustomerUserPermission.view;

  constructor(private readonly changes: CustomerUserChanges) {
    super();
  }

  rowsOf(customerUserId: number) {
    return { query: this.changes.about(customerUserId), id: 'event.id', at: 'event.at' };
  }

  recordsOf(customerUserId: number, ids: readonly number[]): Promise<Map<number, object>> {
    return this.changes.views(customerUserId, ids);
  }
}

/** Their tries to get in. */
@Injectable()
export class LoginsOnTimelines extends TimelineSource {
  readonly kind = 'login';
  readonly permission = LoginAttemptPermission.view;

  constructor(private readonly attempts: LoginAttempts) {
    super();
  }

  rowsOf(customerUserId: number) {
    return { query: this.attempts.about(customerUserId), id: 'attempt.id', at: 'attempt.at' };
  }

  recordsOf(_customerUserId: number, ids: readonly number[]): Promise<Map<number, object>> {
    return this.attempts.views(ids);
  }
}
