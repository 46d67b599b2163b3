import { ApiProperty } from '@nestjs/swagger';

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
