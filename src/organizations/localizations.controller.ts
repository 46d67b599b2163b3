import { Get } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { Localizations } from './localizations.service.js';
import { LocalizationView } from './organizations.dto.js';
import { localizationListing } from './organizations.listings.js';
import { LocalizationPermission } from './organizations.permissions.js';

@AdminController('localizations', 'Localizations')
export class LocalizationsController {
  constructor(private readonly localizations: Localizations) {}

  @Get()
  @RequirePermission(LocalizationPermission.view)
  @ApiListing(localizationListing, LocalizationView)
  list(@ListQuery(localizationListing) request: ListRequest): Promise<Page<LocalizationView>> {
    return this.localizations.list(request);
  }

  @Get(':id')
  @RequirePermission(LocalizationPermission.view)
  get(@IdParam() id: number): Promise<LocalizationView> {
    return this.localizations.get(id);
  }
}
