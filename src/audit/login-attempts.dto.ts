import { ApiProperty } from '@nestjs/swagger';
import { LOGIN_SOURCES, type LoginSource } from './login-attempt.entity.js';

export class LoginAttemptView {
  id: number;
  at: Date;
  success: boolean;
  /** Why it failed; `null` for a success. */
  reason: string | null;
  @ApiProperty({ enum: LOGIN_SOURCES })
  source: LoginSource;
  side: string | null;
  /** As typed. */
  username: string;
  userId: number | null;
  customerUserId: number | null;
  /** The name of the person or application, when it is known. */
  user: string | null;
  ip: string | null;
  userAgent: string | null;
}
