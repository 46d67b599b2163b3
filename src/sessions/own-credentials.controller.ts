import { Body, HttpCode, Post } from '@nestjs/common';
import { Authenticated } from '../platform/authorization/index.js';
import { StorefrontController } from '../platform/http/index.js';
import { OwnCredentials } from './own-credentials.js';
import { EmailChangeRequest, EmailChangeRequestView, PasswordChange, TokensView } from './sessions.dto.js';

@StorefrontController('me', 'Own account')
export class OwnCredentialsController {
  constructor(private readonly own: OwnCredentials) {}

  /** Changes the password. Every session and mailed link is over; the answer is a new session to go on with. */
  @Post('password')
  @HttpCode(200)
  @Authenticated()
  changePassword(@Body() change: PasswordChange): Promise<TokensView> {
    return this.own.changePassword(change);
  }

  /**
   * Asks for another email address: a link goes to the present one, then one to the new one, and at last the present one is told. Where
   * the website verifies nothing the address changes at once, every session and link is over, and the answer has a new session.
   */
  @Post('email')
  @HttpCode(200)
  @Authenticated()
  changeEmail(@Body() request: EmailChangeRequest): Promise<EmailChangeRequestView> {
    return this.own.changeEmail(request);
  }
}
