import { Injectable } from '@nestjs/common';
import { type FindOptionsWhere, IsNull } from 'typeorm';
import { UnitOfWork } from '../platform/database/index.js';
import { type DataSubject, PersonalData } from '../platform/personal-data/index.js';
import { LoginAttempt } from './login-attempt.entity.js';

/** A customer user's tries to get in, also those with his email address that were never counted as his. */
@Injectable()
export class LoginAttemptData extends PersonalData {
  readonly section = 'loginAttempts';

  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async collect(subject: DataSubject): Promise<unknown> {
    const rows = await this.rows.find({ where: whose(subject), order: { id: 'ASC' } });
    return rows.map(({ at, success, reason, source, username, ip, userAgent }) => ({
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

function whose({ customerUserId, email, emailShared }: DataSubject): FindOptionsWhere<LoginAttempt>[] {
  const nobodys = { usernameKey: email.toLowerCase(), side: 'storefront', customerUserId: IsNull(), userId: IsNull() };
  return [{ customerUserId }, ...(emailShared ? [] : [nobodys])];
}
