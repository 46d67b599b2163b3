import { Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, type Checked, CheckedBody, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { CustomFieldChange, CustomFieldDraft, CustomFieldView } from './custom-fields.dto.js';
import { customFieldListing } from './custom-fields.listing.js';
import { CustomFieldPermission } from './custom-fields.permissions.js';
import { CustomFields } from './custom-fields.service.js';

@AdminController('custom-fields', 'Custom fields')
export class CustomFieldsController {
  constructor(private readonly fields: CustomFields) {}

  @Get()
  @RequirePermission(CustomFieldPermission.view)
  @ApiListing(customFieldListing, CustomFieldView)
  list(@ListQuery(customFieldListing) request: ListRequest): Promise<Page<CustomFieldView>> {
    return this.fields.list(request);
  }

  @Post()
  @RequirePermission(CustomFieldPermission.create)
  create(@CheckedBody(CustomFieldDraft) draft: Checked<CustomFieldDraft>): Promise<CustomFieldView> {
    return this.fields.create(draft);
  }

  @Get(':id')
  @RequirePermission(CustomFieldPermission.view)
  get(@IdParam() id: number): Promise<CustomFieldView> {
    return this.fields.get(id);
  }

  @Patch(':id')
  @RequirePermission(CustomFieldPermission.edit)
  change(@IdParam() id: number, @CheckedBody(CustomFieldChange) change: Checked<CustomFieldChange>): Promise<CustomFieldView> {
    return this.fields.change(id, change);
  }

  /** The values that records have of it go with it; a new field of the same name begins without any. */
  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(CustomFieldPermission.delete)
  remove(@IdParam() id: number): Promise<void> {
    return this.fields.remove(id);
  }
}
