import { Get, Query } from '@nestjs/common';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, IdParam } from '../../platform/http/index.js';
import { CustomerUserPermission } from '../customer-users.permissions.js';
import { EffectivePermissionsView, ExplainQuery } from './effective-permissions.dto.js';
import { EffectivePermissions } from './effective-permissions.service.js';

@AdminController('customer-users/:id/permissions', 'Customer users')
export class EffectivePermissionsController {
  constructor(private readonly permissions: EffectivePermissions) {}

  /** All that his roles together allow; `explain` says which of them gives a permission, and whether it reaches a record, or what is missing. */
  @Get()
  @RequirePermission(CustomerUserPermission.view)
  of(@IdParam() id: number, @Query() query: ExplainQuery): Promise<EffectivePermissionsView> {
    return this.permissions.of(id, query);
  }
}
