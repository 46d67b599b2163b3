import { Injectable, Logger } from '@nestjs/common';
import { type Permission, requirePermission } from '../../platform/authorization/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { type Checked, INTERNAL, refusalOf } from '../../platform/http/index.js';
import type { Listing } from '../../platform/listing/index.js';
import type { BulkAction, BulkItem, BulkRequest, BulkResult, BulkStatus } from './bulk.dto.js';
import { BulkChoice } from './bulk-choice.js';
import { customerUserListing } from '../customer-users.listing.js';
import { ActOnSelf } from '../customer-users.errors.js';
import { CustomerUserPermission } from '../customer-users.permissions.js';
import { CustomerUsers } from '../customer-users.service.js';
import { LifeCycle } from '../life-cycle.service.js';
import { isSelf } from '../self.js';

/** One act on many customer users: each in a transaction of its own, by the rules of the single act. */
@Injectable()
export class BulkActs {
  private readonly logger = new Logger(BulkActs.name);

  constructor(
    private readonly choice: BulkChoice,
    private readonly customerUsers: CustomerUsers,
    private readonly lifeCycle: LifeCycle,
    private readonly context: CurrentContext,
  ) {}

  /** A filter is read by `listing`. Throws `PermissionMissing` and `InvalidInput` before anything is done; what goes wrong with one person stands in his item. */
  async run(request: Checked<BulkRequest>, listing: Listing = customerUserListing): Promise<BulkResult> {
    const { action, roleIds = [] } = request.members;
    if (action !== undefined) requirePermission(this.context.principal(), permissionFor(action).name);
    const items: BulkItem[] = [];
    for (const id of await this.choice.idsOf(request, listing)) items.push(await this.one(id, action, roleIds));
    const count = (...statuses: BulkStatus[]) => items.filter(({ status }) => statuses.includes(status)).length;
    return {
      action,
      total: items.length,
      succeeded: count('done', 'unchanged'),
      failed: count('failed'),
      skipped: count('skipped'),
      items,
    };
  }

  private async one(id: number, action: BulkAction, roleIds: readonly number[]): Promise<BulkItem> {
    // Of many, the caller himself is left out; whether the act would be refused does not matter.
    if (isSelf(this.context.principal(), id)) return itemOf(id, 'skipped', new ActOnSelf());
    try {
      return itemOf(id, (await this.act(id, action, roleIds)) ? 'done' : 'unchanged');
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) this.logger.error(error, `The act ${action} failed on the customer user ${id}`);
      const { code, detail, errors } = refusal ?? INTERNAL;
      return itemOf(id, 'failed', { code: errors?.[0]?.code ?? code, message: detail });
    }
  }

  /** Whether it changed anything. */
  private async act(id: number, action: BulkAction, roleIds: readonly number[]): Promise<boolean> {
    switch (action) {
      case 'enable':
        return (await this.lifeCycle.enable(id)).changed;
      case 'disable':
        return (await this.lifeCycle.disable(id)).changed;
      case 'reset-password':
        return (await this.lifeCycle.resetPassword(id)).changed;
      case 'assign-roles':
        return (await this.lifeCycle.assignRoles(id, roleIds)).changed;
      case 'remove-roles':
        return (await this.lifeCycle.removeRoles(id, roleIds)).changed;
      case 'delete':
        await this.customerUsers.remove(id);
        return true;
    }
  }
}

const permissionFor = (action: BulkAction): Permission =>
  action === 'delete' ? CustomerUserPermission.delete : CustomerUserPermission.edit;

const itemOf = (id: number, status: BulkStatus, why?: { code: string; message: string }): BulkItem => ({
  id,
  status,
  code: why?.code ?? null,
  detail: why?.message ?? null,
});
