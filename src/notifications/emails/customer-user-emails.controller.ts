import { Get } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { CustomerUsers } from '../../customer-users/index.js';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, IdParam } from '../../platform/http/index.js';
import { ApiListing, ListQuery, type Page } from '../../platform/listing/index.js';
import { EmailView } from './email.dto.js';
import { type EmailListRequest, emailListing } from './email-listing.js';
import { Emails } from './emails.service.js';
import { EmailPermission } from '../permissions.js';

/** The mails on a customer user's page. */
@AdminController('customer-users/:id/emails', 'Emails')
export class CustomerUserEmailsController {
  constructor(
    private readonly customerUsers: CustomerUsers,
    private readonly emails: Emails,
  ) {}

  @Get()
  @RequirePermission(EmailPermission.view)
  @ApiOperation({ summary: 'List the mails that were written to a customer user' })
  @ApiListing(emailListing, EmailView)
  async list(@IdParam() id: number, @ListQuery(emailListing) request: EmailListRequest): Promise<Page<EmailView>> {
    await this.customerUsers.getReachable(id);
    return this.emails.list(request, id);
  }
}
