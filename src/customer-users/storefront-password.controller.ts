import { Body, HttpCode, Post } from '@nestjs/common';
import { Public } from '../platform/authorization/index.js';
import { StorefrontController } from '../platform/http/index.js';
import { CustomerUserAccounts } from './customer-user-accounts.js';
import { PasswordReset } from './storefront-me.dto.js';

@StorefrontController('password', 'Own account')
export class StorefrontPasswordController {
  constructor(private readonly accounts: CustomerUserAccounts) {}

  /** Sets a password through a mailed link, which also confirms the email address. Ends all sessions. */
  @Post('reset')
  @HttpCode(204)
  @Public()
  reset(@Body() { token, password }: PasswordReset): Promise<void> {
    return this.accounts.resetPassword(token, password);
  }
}
