import { applyDecorators, Header, HttpCode, UseFilters } from '@nestjs/common';
import { ApiConsumes, ApiResponse } from '@nestjs/swagger';
import { OAuthErrorFilter } from './oauth-error.filter.js';
import { OAuthRefusal } from './token.dto.js';

export const Refusal = (status: number, description: string) => ApiResponse({ status, description, type: OAuthRefusal });

/** What the endpoints that authenticate clients have in common: form or JSON in; 200 or the errors of RFC 6749 out, kept by nobody. */
export const OAuthAnswer = () =>
  applyDecorators(
    UseFilters(OAuthErrorFilter),
    HttpCode(200),
    Header('Cache-Control', 'no-store'),
    Header('Pragma', 'no-cache'),
    ApiConsumes('application/x-www-form-urlencoded', 'application/json'),
    Refusal(401, 'invalid_client: unknown, wrong secret, or not active; the answer does not tell which.'),
    Refusal(413, 'The body is too large.'),
    Refusal(415, 'Neither a form nor JSON.'),
    Refusal(429, 'Too many failures of late, in the name of this client or from this address. `Retry-After` has the seconds.'),
    Refusal(503, 'temporarily_unavailable: there is no usable signing key.'),
  );
