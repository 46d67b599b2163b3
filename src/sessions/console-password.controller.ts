import { Body, HttpCode, Post } from '@nestjs/common';
import { Authenticated } from '../platform/authorization/index.js';
import { AdminController } from '../platform/http/index.js';
import { ConsolePassword } from './console-password.js';
import { PasswordChange, TokensView } from './sessions.dto.js';

@AdminController('me', 'Own account')
export class ConsolePasswordController {
  constructor(private readonly password: ConsolePassword) {}

  /** Changes the password. Every session is over; the answer is a new one to go on with. */
  @Post('password')
  @HttpCode(200)
  @Authenticated()
  change(@Body() change: PasswordChange): Promise<TokensView> {
    return this.password.change(change);
  }
}
