import { Injectable } from '@nestjs/common';
import { PermissionMissing } from '../platform/authorization/index.js';
import { CurrentContext, reaches } from '../platform/context/index.js';
import { CustomerUserPermission } from '../customer-users/index.js';
import { OAuthApplicationPermission } from '../oauth/index.js';
import { EVENTS, type EventName } from './events.js';

const SEEN_WITH = {
  customer_user: CustomerUserPermission.view,
  oauth_application: OAuthApplicationPermission.view,
  run: undefined,
} as const;

/** Who makes a rule has its mails tell of every record of the organization: he has to be able to see them all. */
@Injectable()
export class RecordRights {
  constructor(private readonly context: CurrentContext) {}

  /** Throws `PermissionMissing`. */
  require(event: string): void {
    const permission = SEEN_WITH[EVENTS[event as EventName].record];
    if (!permission) return;
    const { rights } = this.context.principal();
    if (!reaches(rights.level(permission.name), 'organization'))
      throw new PermissionMissing(permission.name, { beyond: rights.holds(permission.name) });
  }
}
