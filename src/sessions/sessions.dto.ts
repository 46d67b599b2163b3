import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { IsEmailAddress, IsId, IsLine, LeftOut } from '../platform/http/index.js';

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

export class StorefrontLoginRequest extends LoginRequest {
  /**
   * The website that is logged in to: of an email address that has accounts in several organizations, the one there is meant. Left out:
   * the first whose password it is.
   */
  @LeftOut()
  @IsId()
  websiteId?: number;
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

export class SessionView {
  id: number;
  /** It is the one of the token that asks. */
  current: boolean;
  ip: string | null;
  userAgent: string | null;
  createdAt: Date;
  /** When it was last refreshed. */
  lastUsedAt: Date;
  /** When it ends unless it is refreshed before. */
  expiresAt: Date;
}

export class PasswordChange {
  @IsString()
  @MaxLength(1000)
  @ApiProperty({ format: 'password' })
  currentPassword: string;

  @IsString()
  @MaxLength(1000)
  @ApiProperty({ format: 'password' })
  newPassword: string;
}

export class EmailChangeRequest {
  /** The address to have from now on. */
  @IsEmailAddress()
  @ApiProperty({ example: 'a.cole@acme.example' })
  email: string;

  @IsString()
  @MaxLength(1000)
  @ApiProperty({ format: 'password' })
  currentPassword: string;
}

export class EmailChangeRequestView {
  /** `pending`: the mailed links have to be opened first. */
  @ApiProperty({ enum: ['pending', 'changed'] })
  status: 'pending' | 'changed';

  pendingEmail: string | null;

  /** To go on with after a change at once, which ends every other session. */
  @ApiProperty({ type: TokensView, nullable: true })
  session: TokensView | null;
}

export class RegisteredView {
  /** What the website demands; never whether the email address was new. */
  @ApiProperty({ enum: ['confirmation-required', 'registered'] })
  status: 'confirmation-required' | 'registered';

  /** With auto-login on, when no confirmation is required and enumeration protection is off. */
  @ApiProperty({ type: StorefrontLoginView, nullable: true })
  session: StorefrontLoginView | null;
}

export class ConfirmedView {
  @ApiProperty({ enum: ['confirmed'] })
  status: 'confirmed';

  /** With auto-login on, unless the account may not be used. */
  @ApiProperty({ type: StorefrontLoginView, nullable: true })
  session: StorefrontLoginView | null;
}
