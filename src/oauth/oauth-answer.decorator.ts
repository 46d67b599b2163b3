import { applyDecorators, Header, HttpCode, UseFilters } from '@nestjs/common';
import { ApiConsumes, ApiResponse } from '@nestjs/swagger';
import { OwnRefusals } from '../platform/http/index.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';
import { OAuthRefusal } from './tokens/token.dto.js';

const header = (description: string) => ({ description, schema: { type: 'string' as const } });

/** What comes with some of the refusals, RFC 6749 section 5.2 and RFC 6585. */
const HEADERS: Readonly<Record<number, Record<string, ReturnType<typeof header>>>> = {
  401: { 'WWW-Authenticate': header('How a client can authenticate: `Basic`.') },
  429: { 'Retry-After': header('In seconds.') },
};

export const Refusal = (status: number, description: string) =>
  ApiResponse({ status, description, type: OAuthRefusal, headers: HEADERS[status] });

/** What the endpoints that authenticate clients have in common: form or JSON in; 200 or the errors of RFC 6749 out, kept by nobody. */
export const OAuthAnswer = () =>
  applyDecorators(
    UseFilters(OAuthErrorFilter),
    HttpCode(200),
    Header('Cache-Control', 'no-store'),
    Header('Pragma', 'no-cache'),
    OwnRefusals(),
    ApiConsumes('application/x-www-form-urlencoded', 'application/json'),
    Refusal(401, 'invalid_client: unknown, wrong secret, or not active; the answer does not tell which.'),
    Refusal(413, 'The body is too large.'),
    Refusal(415, 'Neither a form nor JSON.'),
    Refusal(429, 'Too many failures of late, in the name of this client or from this address. `Retry-After` has the seconds.'),
    Refusal(503, 'temporarily_unavailable: there is no usable signing key.'),
  );
