import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/index.js';
import { type DataSubject, PersonalData } from '../platform/personal-data/index.js';
import { LoginFailure } from './login-failure.entity.js';
import { Session } from './session.entity.js';

/** Where a customer user is logged in. */
@Injectable()
export class SessionData extends PersonalData {
  readonly section = 'sessions';

  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async collect({ customerUserId }: DataSubject): Promise<unknown> {
    const rows = await this.work.repository(Session).find({ where: { customerUserId }, order: { id: 'ASC' } });
    return rows.map(({ ip, userAgent, createdAt, lastUsedAt, expiresAt }) => ({ ip, userAgent, createdAt, lastUsedAt, expiresAt }));
  }

  async erase({ customerUserId }: DataSubject): Promise<void> {
    await this.work.repository(Session).delete({ customerUserId });
  }
}

/** The failures with a customer user's email address that count towards a lock-out still. */
@Injectable()
export class LoginFailureData extends PersonalData {
  readonly section = 'loginFailures';

  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async collect(subject: DataSubject): Promise<unknown> {
    const rows = await this.rows.find({ where: whose(subject), order: { id: 'ASC' } });
    return rows.map(({ ip, at }) => ({ ip, at }));
  }

  async erase(subject: DataSubject): Promise<void> {
    if (!subject.emailShared) await this.rows.delete(whose(subject));
  }

  private get rows() {
    return this.work.repository(LoginFailure);
  }
}

const whose = ({ email }: DataSubject) => ({ side: 'storefront', usernameKey: email.toLowerCase() });
