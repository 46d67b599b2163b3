import { Get } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { UserView } from './users.dto.js';
import { userListing } from './users.listing.js';
import { UserPermission } from './users.permissions.js';
import { Users } from './users.service.js';

@AdminController('users', 'Users')
export class UsersController {
  constructor(private readonly users: Users) {}

  @Get()
  @RequirePermission(UserPermission.view)
  @ApiListing(userListing, UserView)
  list(@ListQuery(userListing) request: ListRequest): Promise<Page<UserView>> {
    return this.users.list(request);
  }

  @Get(':id')
  @RequirePermission(UserPermission.view)
  get(@IdParam() id: number): Promise<UserView> {
    return this.users.get(id);
  }
}
