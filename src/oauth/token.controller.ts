import { Controller, Header, HttpCode, Post, Req, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../platform/authorization/index.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';
import { readTokenParameters } from './token-parameters.js';
import { type TokenAnswer, Tokens } from './token.service.js';

/** Described by RFC 6749 and the server's metadata rather than by the documents of the two APIs. */
@ApiExcludeController()
@Controller()
@UseFilters(OAuthErrorFilter)
export class TokenController {
  constructor(private readonly tokens: Tokens) {}

  @Post('oauth2-token')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Header('Pragma', 'no-cache')
  @Public()
  issue(@Req() request: FastifyRequest): Promise<TokenAnswer> {
    return this.tokens.issue(readTokenParameters(request), request.headers.authorization);
  }
}
