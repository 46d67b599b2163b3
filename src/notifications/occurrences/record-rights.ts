import { Injectable } from '@nestjs/common';
import { type Permission, PermissionMissing } from '../../platform/authorization/index.js';
import { CurrentContext, reaches } from '../../platform/context/index.js';
import { CustomerUserPermission } from '../../customer-users/index.js';
import { CustomerPermission } from '../../customers/index.js';
import { ExportCapability, ImportCapability } from '../../import-export/index.js';
import { OAuthApplicationPermission } from '../../oauth/index.js';
import { EVENTS, type EventName, type RecordKind } from './events.js';

export const SEEN_WITH = {
  customer_user: CustomerUserPermission.view,
  customer: CustomerPermission.view,
  oauth_application: OAuthApplicationPermission.view,
  import: ImportCapability,
  export: ExportCapability,
} as const satisfies Record<RecordKind, Permission>;

/** Who makes a rule has its mails tell of every record of the organization: he has to be able to see them all. */
@Injectable()
export class RecordRights {
  constructor(private readonly context: CurrentContext) {}

  /** Throws `PermissionMissing`. */
  require(event: string): void {
    const permission = SEEN_WITH[EVENTS[event as EventName].record];
    const { rights } = this.context.principal();
    const suffices = 'entity' in permission ? reaches(rights.level(permission.name), 'organization') : rights.holds(permission.name);
    if (!suffices) throw new PermissionMissing(permission.name, { beyond: rights.holds(permission.name) });
  }
}
