import { Controller, Header, HttpCode, Post, Req, UseFilters } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../platform/authorization/index.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';
import { OAuthRefusal, TokenAnswer, TokenForm } from './token.dto.js';
import { readTokenParameters } from './token-parameters.js';
import { Tokens } from './token.service.js';

const refusal = (status: number, description: string) => ApiResponse({ status, description, type: OAuthRefusal });

@ApiTags('OAuth')
@Controller()
@UseFilters(OAuthErrorFilter)
export class TokenController {
  constructor(private readonly tokens: Tokens) {}

  /** The client credentials grant, RFC 6749 section 4.4. Send the client's id and secret in the body or as HTTP Basic, not both. */
  @Post('oauth2-token')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Header('Pragma', 'no-cache')
  @Public()
  @ApiConsumes('application/x-www-form-urlencoded', 'application/json')
  @ApiBody({ type: TokenForm })
  @ApiOkResponse({ type: TokenAnswer })
  @refusal(400, 'invalid_request, unsupported_grant_type or invalid_scope.')
  @refusal(401, 'invalid_client: unknown, wrong secret, or not active; the answer does not tell which.')
  @refusal(413, 'The body is too large.')
  @refusal(415, 'Neither a form nor JSON.')
  @refusal(503, 'temporarily_unavailable: there is no usable signing key.')
  issue(@Req() request: FastifyRequest): Promise<TokenAnswer> {
    return this.tokens.issue(readTokenParameters(request), request.headers.authorization);
  }
}
