import type { JsonWebKey } from 'node:crypto';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PermissionCatalog, Public } from '../platform/authorization/index.js';
import { SECOND } from '../platform/clock/index.js';
import { HttpSettings } from '../platform/config/index.js';
import { OwnRefusals } from '../platform/http/index.js';
import { KEYS_CACHED, SigningKeys } from './keys/signing-keys.js';

/** Short enough for a new key to be seen long before it signs. */
const CACHING = `public, max-age=${KEYS_CACHED / SECOND}`;

const AUTHENTICATION = ['client_secret_basic', 'client_secret_post'];

const text = { type: 'string' };
const address = { type: 'string', format: 'uri' };
const texts = { type: 'array', items: text };

/** RFC 7517 section 5, with the members that each kind of key has. */
const JWKS = {
  type: 'object',
  required: ['keys'],
  properties: {
    keys: {
      type: 'array',
      items: {
        type: 'object',
        required: ['kty', 'kid', 'use', 'alg'],
        properties: { kty: text, kid: text, use: text, alg: text, n: text, e: text, crv: text, x: text, y: text },
      },
    },
  },
};

/** RFC 8414 section 2. */
const METADATA = {
  type: 'object',
  properties: {
    issuer: address,
    token_endpoint: address,
    jwks_uri: address,
    grant_types_supported: texts,
    response_types_supported: texts,
    token_endpoint_auth_methods_supported: texts,
    introspection_endpoint: address,
    introspection_endpoint_auth_methods_supported: texts,
    revocation_endpoint: address,
    revocation_endpoint_auth_methods_supported: texts,
    scopes_supported: texts,
  },
};

/** What clients and resource servers find out by themselves: RFC 8414 and RFC 7517. */
@ApiTags('OAuth')
@Controller('.well-known')
export class MetadataController {
  constructor(
    private readonly settings: HttpSettings,
    private readonly keys: SigningKeys,
    private readonly catalog: PermissionCatalog,
  ) {}

  /** The public keys that access tokens are verified with. */
  @Get('jwks.json')
  @Header('Cache-Control', CACHING)
  @Public()
  @OwnRefusals()
  @ApiOkResponse({ schema: JWKS })
  jwks(): { keys: JsonWebKey[] } {
    return this.keys.jwks();
  }

  /** Where the authorization server's endpoints are and what it takes. */
  @Get('oauth-authorization-server')
  @Header('Cache-Control', CACHING)
  @Public()
  @OwnRefusals()
  @ApiOkResponse({ schema: METADATA })
  metadata(): Record<string, unknown> {
    const { publicUrl } = this.settings;
    return {
      issuer: publicUrl,
      token_endpoint: `${publicUrl}/oauth2-token`,
      jwks_uri: `${publicUrl}/.well-known/jwks.json`,
      grant_types_supported: ['client_credentials'],
      // RFC 8414 demands the member; there is no authorization endpoint.
      response_types_supported: [],
      token_endpoint_auth_methods_supported: AUTHENTICATION,
      introspection_endpoint: `${publicUrl}/oauth2/introspect`,
      introspection_endpoint_auth_methods_supported: AUTHENTICATION,
      revocation_endpoint: `${publicUrl}/oauth2/revoke`,
      revocation_endpoint_auth_methods_supported: AUTHENTICATION,
      scopes_supported: [...new Set([...this.catalog.scopes('storefront'), ...this.catalog.scopes('backend')])].sort(),
    };
  }
}
