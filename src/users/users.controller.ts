import { Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, type Checked, CheckedBody, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { UserChanges } from './user-changes.service.js';
import { UserChange, UserDraft, UserView } from './users.dto.js';
import { userListing } from './users.listing.js';
import { UserPermission } from './users.permissions.js';
import { Users } from './users.service.js';

@AdminController('users', 'Users')
export class UsersController {
  constructor(
    private readonly users: Users,
    private readonly changes: UserChanges,
  ) {}

  @Get()
  @RequirePermission(UserPermission.view)
  @ApiListing(userListing, UserView)
  list(@ListQuery(userListing) request: ListRequest): Promise<Page<UserView>> {
    return this.users.list(request);
  }

  /** Nobody gives more than he holds himself. */
  @Post()
  @RequirePermission(UserPermission.create)
  create(@CheckedBody(UserDraft) draft: Checked<UserDraft>): Promise<UserView> {
    return this.changes.create(draft);
  }

  @Get(':id')
  @RequirePermission(UserPermission.view)
  get(@IdParam() id: number): Promise<UserView> {
    return this.users.get(id);
  }

  /** A new email or password, and disabling, end his sessions at once. */
  @Patch(':id')
  @RequirePermission(UserPermission.edit)
  change(@IdParam() id: number, @CheckedBody(UserChange) change: Checked<UserChange>): Promise<UserView> {
    return this.changes.change(id, change);
  }

  /** Refused while he owns customers or customer users. */
  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(UserPermission.delete)
  remove(@IdParam() id: number): Promise<void> {
    return this.changes.remove(id);
  }
}
