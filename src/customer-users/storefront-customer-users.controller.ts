import { Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { type Checked, CheckedBody, CommitsInParts, IdParam, StorefrontController } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { BulkRequest, BulkResult } from './bulk/bulk.dto.js';
import { BulkActs } from './bulk/bulk-acts.service.js';
import { CustomerUserPermission } from './customer-users.permissions.js';
import { CustomerUsers } from './customer-users.service.js';
import { DelegatedCustomerUsers } from './delegated-customer-users.service.js';
import { LifeCycle } from './life-cycle.service.js';
import { StorefrontCustomerUserChange, StorefrontCustomerUserDraft, StorefrontCustomerUserView } from './storefront-customer-users.dto.js';
import { storefrontCustomerUserListing } from './storefront-customer-users.listing.js';

/** The colleagues of the caller, and the people of the customers below his; himself he changes at `/api/me`. */
@StorefrontController('customer-users', 'Customer users')
export class StorefrontCustomerUsersController {
  constructor(
    private readonly delegated: DelegatedCustomerUsers,
    private readonly customerUsers: CustomerUsers,
    private readonly lifeCycle: LifeCycle,
    private readonly bulkActs: BulkActs,
  ) {}

  @Get()
  @RequirePermission(CustomerUserPermission.view)
  @ApiListing(storefrontCustomerUserListing, StorefrontCustomerUserView)
  list(@ListQuery(storefrontCustomerUserListing) request: ListRequest): Promise<Page<StorefrontCustomerUserView>> {
    return this.delegated.list(request);
  }

  @Post()
  @RequirePermission(CustomerUserPermission.create)
  create(@CheckedBody(StorefrontCustomerUserDraft) draft: Checked<StorefrontCustomerUserDraft>): Promise<StorefrontCustomerUserView> {
    return this.delegated.create(draft);
  }

  /** Each in a transaction of its own, by the rules of the single act; of those that fail, the others are not kept from it. */
  @Post('bulk')
  @HttpCode(200)
  @CommitsInParts()
  @RequirePermission(CustomerUserPermission.view)
  bulk(@CheckedBody(BulkRequest) request: Checked<BulkRequest>): Promise<BulkResult> {
    return this.bulkActs.run(request, storefrontCustomerUserListing);
  }

  @Get(':id')
  @RequirePermission(CustomerUserPermission.view)
  get(@IdParam() id: number): Promise<StorefrontCustomerUserView> {
    return this.delegated.get(id);
  }

  @Patch(':id')
  @RequirePermission(CustomerUserPermission.edit)
  change(
    @IdParam() id: number,
    @CheckedBody(StorefrontCustomerUserChange) change: Checked<StorefrontCustomerUserChange>,
  ): Promise<StorefrontCustomerUserView> {
    return this.delegated.change(id, change);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(CustomerUserPermission.delete)
  remove(@IdParam() id: number): Promise<void> {
    return this.customerUsers.remove(id);
  }

  @Post(':id/enable')
  @HttpCode(200)
  @RequirePermission(CustomerUserPermission.edit)
  enable(@IdParam() id: number): Promise<StorefrontCustomerUserView> {
    return this.delegated.after(this.lifeCycle.enable(id));
  }

  @Post(':id/disable')
  @HttpCode(200)
  @RequirePermission(CustomerUserPermission.edit)
  disable(@IdParam() id: number): Promise<StorefrontCustomerUserView> {
    return this.delegated.after(this.lifeCycle.disable(id));
  }

  /** Takes the email address for proved; he gets the welcome mail that waited for it. */
  @Post(':id/confirm')
  @HttpCode(200)
  @RequirePermission(CustomerUserPermission.edit)
  confirm(@IdParam() id: number): Promise<StorefrontCustomerUserView> {
    return this.delegated.after(this.lifeCycle.confirm(id));
  }

  /** Mails another link to confirm the email address. */
  @Post(':id/resend-confirmation')
  @HttpCode(200)
  @RequirePermission(CustomerUserPermission.edit)
  resendConfirmation(@IdParam() id: number): Promise<StorefrontCustomerUserView> {
    return this.delegated.after(this.lifeCycle.resendConfirmation(id));
  }

  /** Ends his sessions and keeps him out until he sets a new password with the link that is mailed to him. */
  @Post(':id/reset-password')
  @HttpCode(200)
  @RequirePermission(CustomerUserPermission.edit)
  resetPassword(@IdParam() id: number): Promise<StorefrontCustomerUserView> {
    return this.delegated.after(this.lifeCycle.resetPassword(id));
  }
}
