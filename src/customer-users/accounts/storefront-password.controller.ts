import { Body, HttpCode, Post } from '@nestjs/common';
import { Public } from '../../platform/authorization/index.js';
import { AlsoAnswers, StorefrontController } from '../../platform/http/index.js';
import { AccountRequests } from './account-requests.js';
import { OwnPasswords } from './own-passwords.js';
import { AccountRequest, RequestTakenView } from './registration.dto.js';
import { PasswordReset } from './storefront-me.dto.js';

@StorefrontController('password', 'Own account')
export class StorefrontPasswordController {
  constructor(
    private readonly passwords: OwnPasswords,
    private readonly requests: AccountRequests,
  ) {}

  /** Has a link to set a new password mailed, where there is an account. The answer, and its time, are the same for every address. */
  @Post('forgot')
  @AlsoAnswers(403, 404)
  @HttpCode(202)
  @Public()
  async forgot(@Body() request: AccountRequest): Promise<RequestTakenView> {
    await this.requests.forgotten(request);
    return { status: 'accepted' };
  }

  /** Sets a password through a mailed link, which also confirms the email address. Ends all sessions. */
  @Post('reset')
  @AlsoAnswers(403)
  @HttpCode(204)
  @Public()
  async reset(@Body() { token, password }: PasswordReset): Promise<void> {
    await this.passwords.reset(token, password);
  }
}
