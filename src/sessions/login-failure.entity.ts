import { Entity, Index } from 'typeorm';
import { Id, Instant, Text } from '../platform/database/index.js';

/** One failure that counts towards a lock-out. The log of attempts tells what happened; this says what still weighs. */
@Entity('login_failures')
@Index('ix_login_failures_username', ['side', 'usernameKey', 'id'])
@Index('ix_login_failures_ip', ['side', 'ip', 'id'])
@Index('ix_login_failures_at', ['at', 'id'])
export class LoginFailure {
  @Id()
  id: number;

  @Text(20)
  side: string;

  /** What was typed, in lower case, whether such an account exists or not. */
  @Text(255)
  usernameKey: string;

  /** Empty where none is known. */
  @Text(45)
  ip: string;

  @Instant()
  at: Date;
}
