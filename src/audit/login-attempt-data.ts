import { Injectable } from '@nestjs/common';
import { type FindOptionsWhere, In, IsNull } from 'typeorm';
import { batchesById, UnitOfWork } from '../platform/database/index.js';
import { type DataSubject, PersonalData } from '../platform/personal-data/index.js';
import { LoginAttempt } from './login-attempt.entity.js';

/** A customer user's tries to get in, also those with an email address of his that were counted as nobody's, on either side. */
@Injectable()
export class LoginAttemptData extends PersonalData {
  readonly section = 'loginAttempts';
  readonly tables = ['login_attempts'];

  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async *collect(subject: DataSubject): AsyncGenerator<unknown> {
    for await (const rows of batchesById(this.work.manager, LoginAttempt, whose(subject)))
      yield* rows.map(({ at, success, reason, source, username, ip, userAgent }) => ({
        at,
        success,
        reason,
        source,
        username,
        ip,
        userAgent,
      }));
  }

  async erase(subject: DataSubject): Promise<void> {
    const { name, email } = subject.pseudonym;
    const unknown = { username: email, usernameKey: email, ip: null, userAgent: null };
    const [own, ...others] = whose(subject);
    if (own) await this.rows.update(own, { ...unknown, user: name });
    for (const where of others) await this.rows.update(where, unknown);
  }

  private get rows() {
    return this.work.repository(LoginAttempt);
  }
}

function whose({ customerUserId, emails }: DataSubject): FindOptionsWhere<LoginAttempt>[] {
  const usernameKey = In(emails.map((email) => email.toLowerCase()));
  return [{ customerUserId }, { usernameKey, customerUserId: IsNull(), userId: IsNull() }];
}
