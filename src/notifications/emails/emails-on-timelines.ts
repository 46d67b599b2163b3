import { Injectable } from '@nestjs/common';
import { TimelineSource } from '../../records/index.js';
import { Emails } from './emails.service.js';
import { EmailPermission } from '../permissions.js';

/** The mails to customer users on their timelines. */
@Injectable()
export class EmailsOnTimelines extends TimelineSource {
  readonly kind = 'email';
  readonly permission = EmailPermission.view;

  constructor(private readonly emails: Emails) {
    super();
  }

  rowsOf(customerUserId: number) {
    return { query: this.emails.to(customerUserId), id: 'email.id', at: 'email.createdAt' };
  }

  recordsOf(_customerUserId: number, ids: readonly number[]): Promise<Map<number, object>> {
    return this.emails.views(ids);
  }
}
