import { Get } from '@nestjs/common';
import { ApiExtraModels } from '@nestjs/swagger';
import { Authenticated } from '../platform/authorization/index.js';
import { AdminController } from '../platform/http/index.js';
import { PermissionCatalogsView, PermissionCell } from './permission-catalog.dto.js';
import { PermissionCatalogs } from './permission-catalog.service.js';

@AdminController('permission-catalog', 'Permissions')
@ApiExtraModels(PermissionCell)
export class PermissionCatalogController {
  constructor(private readonly catalogs: PermissionCatalogs) {}

  /** All that roles can hold, on both sides: every entity with its actions and levels, and every capability. */
  @Get()
  @Authenticated()
  get(): PermissionCatalogsView {
    return { storefront: this.catalogs.of('storefront'), backend: this.catalogs.of('backend') };
  }
}
