import { Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, type Checked, CheckedBody, CommitsInParts, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { BulkRequest, BulkResult } from './bulk/bulk.dto.js';
import { BulkActs } from './bulk/bulk-acts.service.js';
import { CustomerUserChange, CustomerUserDraft, CustomerUserView } from './customer-users.dto.js';
import { customerUserListing } from './customer-users.listing.js';
import { CustomerUserPermission } from './customer-users.permissions.js';
import { CustomerUsers } from './customer-users.service.js';
import { FormOptionsQuery, FormOptionsView } from './form-options.dto.js';
import { FormOptions } from './form-options.service.js';
import { LifeCycle } from './life-cycle.service.js';

@AdminController('customer-users', 'Customer users')
export class CustomerUsersController {
  constructor(
    private readonly customerUsers: CustomerUsers,
    private readonly lifeCycle: LifeCycle,
    private readonly bulkActs: BulkActs,
    private readonly options: FormOptions,
  ) {}

  @Get()
  @RequirePermission(CustomerUserPermission.view)
  @ApiListing(customerUserListing, CustomerUserView)
  list(@ListQuery(customerUserListing) request: ListRequest): Promise<Page<CustomerUserView>> {
    return this.customerUsers.list(request);
  }

  @Post()
  @RequirePermission(CustomerUserPermission.create)
  create(@CheckedBody(CustomerUserDraft) draft: Checked<CustomerUserDraft>): Promise<CustomerUserView> {
    return this.customerUsers.create(draft);
  }

  /** What a form to create or edit a customer user has to offer, for the customer and website chosen in it so far. */
  @Get('form-options')
  @RequirePermission(CustomerUserPermission.view)
  formOptions(@Query() query: FormOptionsQuery): Promise<FormOptionsView> {
    return this.options.of(query);
  }

  /** Each in a transaction of its own, by the rules of the single act; of those that fail, the others are not kept from it. */
  @Post('bulk')
  @HttpCode(200)
  @CommitsInParts()
  @RequirePermission(CustomerUserPermission.view)
  bulk(@CheckedBody(BulkRequest) request: Checked<BulkRequest>): Promise<BulkResult> {
    return this.bulkActs.run(request);
  }

  @Get(':id')
  @RequirePermission(CustomerUserPermission.view)
  get(@IdParam() id: number): Promise<CustomerUserView> {
    return this.customerUsers.get(id);
  }

  @Patch(':id')
  @RequirePermission(CustomerUserPermission.edit)
  change(@IdParam() id: number, @CheckedBody(CustomerUserChange) change: Checked<CustomerUserChange>): Promise<CustomerUserView> {
    return this.customerUsers.change(id, change);
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
  enable(@IdParam() id: number): Promise<CustomerUserView> {
    return this.customerUsers.after(this.lifeCycle.enable(id));
  }

  @Post(':id/disable')
  @HttpCode(200)
  @RequirePermission(CustomerUserPermission.edit)
  disable(@IdParam() id: number): Promise<CustomerUserView> {
    return this.customerUsers.after(this.lifeCycle.disable(id));
  }

  /** Takes the email address for proved; he gets the welcome mail that waited for it. */
  @Post(':id/confirm')
  @HttpCode(200)
  @RequirePermission(CustomerUserPermission.edit)
  confirm(@IdParam() id: number): Promise<CustomerUserView> {
    return this.customerUsers.after(this.lifeCycle.confirm(id));
  }

  /** Mails another link to confirm the email address. */
  @Post(':id/resend-confirmation')
  @HttpCode(200)
  @RequirePermission(CustomerUserPermission.edit)
  resendConfirmation(@IdParam() id: number): Promise<CustomerUserView> {
    return this.customerUsers.after(this.lifeCycle.resendConfirmation(id));
  }

  /** Ends his sessions and keeps him out until he sets a new password with the link that is mailed to him. */
  @Post(':id/reset-password')
  @HttpCode(200)
  @RequirePermission(CustomerUserPermission.edit)
  resetPassword(@IdParam() id: number): Promise<CustomerUserView> {
    return this.customerUsers.after(this.lifeCycle.resetPassword(id));
  }
}
