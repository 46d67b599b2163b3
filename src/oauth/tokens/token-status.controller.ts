import { Controller, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../platform/authorization/index.js';
import { Introspection } from './introspection.service.js';
import { OAuthAnswer, Refusal } from '../oauth-answer.decorator.js';
import { Revocation } from './revocation.service.js';
import { IntrospectionAnswer, TokenReferenceForm } from './token.dto.js';

@ApiTags('OAuth')
@Controller('oauth2')
export class TokenStatusController {
  constructor(
    private readonly introspection: Introspection,
    private readonly revocation: Revocation,
  ) {}

  /** Whether an access token is good now, RFC 7662: for the client whose it is, and for those with the scope `oauth_application:view`. */
  @Post('introspect')
  @Public()
  @OAuthAnswer()
  @ApiBody({ type: TokenReferenceForm })
  @ApiOkResponse({ type: IntrospectionAnswer })
  @Refusal(400, 'invalid_request.')
  introspect(@Req() request: FastifyRequest): Promise<IntrospectionAnswer> {
    return this.introspection.introspect(request);
  }

  /** Ends an access token of the client at once, RFC 7009. A token that is not good answers 200 as well. */
  @Post('revoke')
  @Public()
  @OAuthAnswer()
  @ApiBody({ type: TokenReferenceForm })
  @ApiOkResponse({ description: 'The token is refused from now on. The object is empty.', schema: { type: 'object' } })
  @Refusal(400, 'invalid_request, also for a token of another client.')
  async revoke(@Req() request: FastifyRequest): Promise<object> {
    await this.revocation.revoke(request);
    return {};
  }
}
