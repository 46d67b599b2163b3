import { Body, HttpCode, Post } from '@nestjs/common';
import { Authenticated, Public } from '../platform/authorization/index.js';
import { AlsoAnswers, StorefrontController } from '../platform/http/index.js';
import { Logins } from './logins.js';
import { SessionActs } from './session-acts.js';
import { RefreshRequest, StorefrontLoginRequest, StorefrontLoginView, TokensView } from './sessions.dto.js';

@StorefrontController('auth', 'Authentication')
export class StorefrontAuthController {
  constructor(
    private readonly logins: Logins,
    private readonly acts: SessionActs,
  ) {}

  /** Begins a session of a customer user: an access token, and a refresh token to go on with. */
  @Post('login')
  @AlsoAnswers(403, 404)
  @HttpCode(200)
  @Public()
  login(@Body() request: StorefrontLoginRequest): Promise<StorefrontLoginView> {
    return this.logins.storefront(request);
  }

  /** Goes on with a session. A refresh token is good once: one that is shown again ends the session. */
  @Post('refresh')
  @HttpCode(200)
  @Public()
  refresh(@Body() { refreshToken }: RefreshRequest): Promise<TokensView> {
    return this.acts.refresh('storefront', refreshToken);
  }

  /** Ends the session of the token: its access and refresh tokens are over. */
  @Post('logout')
  @HttpCode(204)
  @Authenticated()
  logout(): Promise<void> {
    return this.acts.logout();
  }
}
