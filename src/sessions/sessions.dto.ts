import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { IsLine } from '../platform/http/index.js';

export class LoginRequest {
  @IsLine(255)
  @ApiProperty({ example: 'admin@example.com' })
  email: string;

  @IsString()
  @MinLength(1)
  @MaxLength(1000)
  @ApiProperty({ format: 'password' })
  password: string;
}

export class RefreshRequest {
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  refreshToken: string;
}

export class TokensView {
  accessToken: string;
  @ApiProperty({ example: 'Bearer' })
  tokenType: string;
  /** Seconds for which the access token is good. */
  @ApiProperty({ example: 900 })
  expiresIn: number;
  /** Good once: each refresh answers the next one. */
  refreshToken: string;
}

export class StorefrontLoginView extends TokensView {
  /** The website that the person is sent to. */
  redirectUrl: string | null;
}
