import { Body, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { WebsiteChange, WebsiteDraft, WebsiteView } from './websites.dto.js';
import { websiteListing } from './organizations.listings.js';
import { WebsitePermission } from './organizations.permissions.js';
import { Websites } from './websites.service.js';

@AdminController('websites', 'Websites')
export class WebsitesController {
  constructor(private readonly websites: Websites) {}

  @Get()
  @RequirePermission(WebsitePermission.view)
  @ApiListing(websiteListing, WebsiteView)
  list(@ListQuery(websiteListing) request: ListRequest): Promise<Page<WebsiteView>> {
    return this.websites.list(request);
  }

  @Post()
  @RequirePermission(WebsitePermission.create)
  create(@Body() draft: WebsiteDraft): Promise<WebsiteView> {
    return this.websites.create(draft);
  }

  @Get(':id')
  @RequirePermission(WebsitePermission.view)
  get(@IdParam() id: number): Promise<WebsiteView> {
    return this.websites.get(id);
  }

  @Patch(':id')
  @RequirePermission(WebsitePermission.edit)
  change(@IdParam() id: number, @Body() change: WebsiteChange): Promise<WebsiteView> {
    return this.websites.change(id, change);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(WebsitePermission.delete)
  remove(@IdParam() id: number): Promise<void> {
    return this.websites.remove(id);
  }
}
