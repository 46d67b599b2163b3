import { Controller, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../platform/authorization/index.js';
import { OAuthAnswer, Refusal } from '../oauth-answer.decorator.js';
import { TokenAnswer, TokenForm } from './token.dto.js';
import { Tokens } from './token.service.js';

@ApiTags('OAuth')
@Controller()
export class TokenController {
  constructor(private readonly tokens: Tokens) {}

  /** The client credentials grant, RFC 6749 section 4.4. Send the client's id and secret in the body or as HTTP Basic, not both. */
  @Post('oauth2-token')
  @Public()
  @OAuthAnswer()
  @ApiBody({ type: TokenForm })
  @ApiOkResponse({ type: TokenAnswer })
  @Refusal(400, 'invalid_request, unsupported_grant_type or invalid_scope.')
  issue(@Req() request: FastifyRequest): Promise<TokenAnswer> {
    return this.tokens.issue(request);
  }
}
