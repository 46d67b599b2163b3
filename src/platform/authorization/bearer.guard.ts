import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Principal } from '../context/index.js';
import { BEARER } from './bearer.strategy.js';
import { TokenInUrl, TokenRepeated } from './token-refused.js';

/** What of a request says how its token is sent. */
interface Request {
  readonly headers: { readonly authorization?: string };
  /** Names and values in turn, as they came: in `headers`, the first of several stands for all. */
  readonly raw: { readonly rawHeaders: readonly string[] };
  readonly query: object;
}

const NAME = 'authorization';

/** Makes the principal of a request's bearer token its `user`. Throws `TokenMissing`, `TokenRepeated` or `TokenRefused`. */
@Injectable()
export class BearerGuard extends AuthGuard(BEARER) {
  override canActivate(execution: ExecutionContext): ReturnType<CanActivate['canActivate']> {
    refuseOtherWays(execution.switchToHttp().getRequest<Request>());
    return super.canActivate(execution);
  }

  override handleRequest<T = Principal>(error: unknown, principal: T | false): T {
    if (principal) return principal;
    // Passport hands on what the strategy threw.
    throw error instanceof Error ? error : new Error('Authentication failed.', { cause: error });
  }
}

/** RFC 6750 section 2: a token is sent once, and of the ways to send it the header is the one that is taken. */
function refuseOtherWays({ headers: { authorization }, raw: { rawHeaders }, query }: Request): void {
  const inUrl = 'access_token' in query;
  if (authorization === undefined && inUrl) throw new TokenInUrl();
  if (inUrl || isRepeated(rawHeaders)) throw new TokenRepeated();
}

function isRepeated(rawHeaders: readonly string[]): boolean {
  let given = 0;
  for (let place = 0; place < rawHeaders.length; place += 2) {
    const name = rawHeaders[place];
    if (name?.length === NAME.length && name.toLowerCase() === NAME) given += 1;
  }
  return given > 1;
}
