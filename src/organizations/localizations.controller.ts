import { Body, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { LocalizationChange, LocalizationDraft, LocalizationView } from './localizations.dto.js';
import { localizationListing } from './organizations.listings.js';
import { LocalizationPermission } from './organizations.permissions.js';
import { Localizations } from './localizations.service.js';

@AdminController('localizations', 'Localizations')
export class LocalizationsController {
  constructor(private readonly localizations: Localizations) {}

  @Get()
  @RequirePermission(LocalizationPermission.view)
  @ApiListing(localizationListing, LocalizationView)
  list(@ListQuery(localizationListing) request: ListRequest): Promise<Page<LocalizationView>> {
    return this.localizations.list(request);
  }

  @Post()
  @RequirePermission(LocalizationPermission.create)
  create(@Body() draft: LocalizationDraft): Promise<LocalizationView> {
    return this.localizations.create(draft);
  }

  @Get(':id')
  @RequirePermission(LocalizationPermission.view)
  get(@IdParam() id: number): Promise<LocalizationView> {
    return this.localizations.get(id);
  }

  @Patch(':id')
  @RequirePermission(LocalizationPermission.edit)
  change(@IdParam() id: number, @Body() change: LocalizationChange): Promise<LocalizationView> {
    return this.localizations.change(id, change);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(LocalizationPermission.delete)
  remove(@IdParam() id: number): Promise<void> {
    return this.localizations.remove(id);
  }
}
