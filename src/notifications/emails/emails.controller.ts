import { Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, IdParam } from '../../platform/http/index.js';
import { ApiListing, ListQuery, type Page } from '../../platform/listing/index.js';
import { EmailDetail, EmailView } from './email.dto.js';
import { type EmailListRequest, emailListing } from './email-listing.js';
import { Emails } from './emails.service.js';
import { EmailPermission } from '../permissions.js';

@AdminController('emails', 'Emails')
export class EmailsController {
  constructor(private readonly emails: Emails) {}

  @Get()
  @RequirePermission(EmailPermission.view)
  @ApiOperation({ summary: 'List the delivery log' })
  @ApiListing(emailListing, EmailView)
  list(@ListQuery(emailListing) request: EmailListRequest): Promise<Page<EmailView>> {
    return this.emails.list(request);
  }

  @Get(':id')
  @RequirePermission(EmailPermission.view)
  @ApiOperation({ summary: 'Show an email with what it says' })
  @ApiOkResponse({ type: EmailDetail })
  get(@IdParam() id: number): Promise<EmailDetail> {
    return this.emails.get(id);
  }

  @Post(':id/resend')
  @HttpCode(202)
  @RequirePermission(EmailPermission.edit)
  @ApiOperation({
    summary: 'Send an email again',
    description: 'Refused with `emails.not_resendable` while it waits to be sent, and once its one-time link was sent.',
  })
  @ApiAcceptedResponse({ type: EmailDetail })
  resend(@IdParam() id: number): Promise<EmailDetail> {
    return this.emails.resend(id);
  }
}
