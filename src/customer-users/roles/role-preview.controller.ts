import { Body, HttpCode, Post, Query } from '@nestjs/common';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, IdParam } from '../../platform/http/index.js';
import { RoleMatrix, RolePermission } from '../../roles/index.js';
import { PreviewQuery, RolePreviewView } from './role-preview.dto.js';
import { RolePreview } from './role-preview.service.js';

@AdminController('customer-user-roles/:id/permissions/preview', 'Customer user roles')
export class RolePreviewController {
  constructor(private readonly preview: RolePreview) {}

  /** Who would gain and lose what if this matrix were put. Nothing is saved; what putting it would refuse is refused. */
  @Post()
  @HttpCode(200)
  @RequirePermission(RolePermission.edit)
  of(@IdParam() id: number, @Body() matrix: RoleMatrix, @Query() query: PreviewQuery): Promise<RolePreviewView> {
    return this.preview.of(id, matrix, query);
  }
}
