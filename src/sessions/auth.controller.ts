import { Body, HttpCode, Post } from '@nestjs/common';
import { Authenticated, Public } from '../platform/authorization/index.js';
import { AdminController } from '../platform/http/index.js';
import { Logins } from './logins.js';
import { SessionActs } from './session-acts.js';
import { LoginRequest, RefreshRequest, TokensView } from './sessions.dto.js';

@AdminController('auth', 'Authentication')
export class AuthController {
  constructor(
    private readonly logins: Logins,
    private readonly acts: SessionActs,
  ) {}

  /** Begins a session of a console user: an access token, and a refresh token to go on with. */
  @Post('login')
  @HttpCode(200)
  @Public()
  login(@Body() request: LoginRequest): Promise<TokensView> {
    return this.logins.admin(request);
  }

  /** Goes on with a session. A refresh token is good once: one that is shown again ends the session. */
  @Post('refresh')
  @HttpCode(200)
  @Public()
  refresh(@Body() { refreshToken }: RefreshRequest): Promise<TokensView> {
    return this.acts.refresh('backend', refreshToken);
  }

  /** Ends the session of the token: its access and refresh tokens are over. */
  @Post('logout')
  @HttpCode(204)
  @Authenticated()
  logout(): Promise<void> {
    return this.acts.logout();
  }
}
