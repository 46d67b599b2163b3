import { Get } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { Websites } from './websites.service.js';
import { WebsiteView } from './organizations.dto.js';
import { websiteListing } from './organizations.listings.js';
import { WebsitePermission } from './organizations.permissions.js';

@AdminController('websites', 'Websites')
export class WebsitesController {
  constructor(private readonly websites: Websites) {}

  @Get()
  @RequirePermission(WebsitePermission.view)
  @ApiListing(websiteListing, WebsiteView)
  list(@ListQuery(websiteListing) request: ListRequest): Promise<Page<WebsiteView>> {
    return this.websites.list(request);
  }

  @Get(':id')
  @RequirePermission(WebsitePermission.view)
  get(@IdParam() id: number): Promise<WebsiteView> {
    return this.websites.get(id);
  }
}
