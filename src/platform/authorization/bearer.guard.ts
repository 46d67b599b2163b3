import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Principal } from '../context/index.js';
import { TokenMissing, TokenRefused } from './token-refused.js';

/**
 * The passport strategies that read a bearer token: an OAuth access token, and a session's. The first that takes it wins; the first one
 * passes quickly what is not its own.
 */
export const BEARER_STRATEGIES = ['access-token', 'session-token'];

/** Turns a bearer token into a principal, or refuses it with the reason. */
@Injectable()
export class BearerGuard extends AuthGuard(BEARER_STRATEGIES) {
  override handleRequest<T = Principal>(error: unknown, principal: T | false, info: unknown, context: ExecutionContext): T {
    // Passport hands on what a strategy threw.
    if (error) throw error instanceof Error ? error : new Error('Authentication failed.', { cause: error });
    if (principal) return principal;
    const { authorization } = context.switchToHttp().getRequest<{ headers: { authorization?: string } }>().headers;
    if (authorization === undefined || !/^bearer /i.test(authorization)) throw new TokenMissing();
    const expired = [info].flat().some((reason) => (reason as Error | undefined)?.name === 'TokenExpiredError');
    if (expired) throw new TokenRefused('auth.token_expired', 'The access token has expired.');
    throw new TokenRefused('auth.token_invalid', 'The access token is not valid.');
  }
}
