import { ApiProperty } from '@nestjs/swagger';
import type { Side } from '../../platform/context/index.js';

/** What the documents say of a token request; it is read by `readTokenParameters`. */
export class TokenForm {
  @ApiProperty({ enum: ['client_credentials'] })
  grant_type: string;

  @ApiProperty({ required: false, example: '0f8e8a6c1b6c4f0b9d5a2f3f5f0f7a11' })
  client_id?: string;

  @ApiProperty({ required: false, example: 'cis_...' })
  client_secret?: string;

  /** Names with single spaces between them; every scope of the application when left out. `scopes` is taken as well. */
  @ApiProperty({ required: false, example: 'customer_user:view' })
  scope?: string;
}

/** What the documents say of a request for introspection or revocation; it is read by `readTokenReference`. */
export class TokenReferenceForm {
  @ApiProperty()
  token: string;

  @ApiProperty({ required: false, example: 'access_token' })
  token_type_hint?: string;

  @ApiProperty({ required: false, example: '0f8e8a6c1b6c4f0b9d5a2f3f5f0f7a11' })
  client_id?: string;

  @ApiProperty({ required: false, example: 'cis_...' })
  client_secret?: string;
}

/** RFC 7662 section 2.2. A token that is not good any more, or that the client may not know of, is `active: false` and no more. */
export class IntrospectionAnswer {
  @ApiProperty()
  active: boolean;

  /** What the token allows now. */
  @ApiProperty({ required: false, example: 'customer_user:view' })
  scope?: string;

  @ApiProperty({ required: false })
  client_id?: string;

  @ApiProperty({ required: false, enum: ['Bearer'] })
  token_type?: 'Bearer';

  @ApiProperty({ required: false })
  exp?: number;

  @ApiProperty({ required: false })
  iat?: number;

  @ApiProperty({ required: false })
  nbf?: number;

  @ApiProperty({ required: false })
  sub?: string;

  @ApiProperty({ required: false, enum: ['backend', 'storefront'] })
  aud?: Side;

  @ApiProperty({ required: false })
  iss?: string;

  @ApiProperty({ required: false })
  jti?: string;
}

/** RFC 6749 section 5.1. */
export class TokenAnswer {
  @ApiProperty({ enum: ['Bearer'] })
  token_type: 'Bearer';

  /** In seconds. */
  @ApiProperty({ example: 3600 })
  expires_in: number;

  /** A JWT, RFC 9068. */
  @ApiProperty()
  access_token: string;

  /** What was granted, which may be less than what was asked for. */
  @ApiProperty({ example: 'customer_user:view' })
  scope: string;
}

/** RFC 6749 section 5.2. */
export class OAuthRefusal {
  @ApiProperty({ example: 'invalid_client' })
  error: string;

  @ApiProperty({ example: 'Client authentication failed.' })
  error_description: string;
}
