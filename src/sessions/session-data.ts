import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { batchesById, UnitOfWork } from '../platform/database/index.js';
import { type DataSubject, PersonalData } from '../platform/personal-data/index.js';
import { LoginFailure } from './login-failure.entity.js';
import { Session } from './session.entity.js';

/** Where a customer user is logged in. */
@Injectable()
export class SessionData extends PersonalData {
  readonly section = 'sessions';
  readonly tables = ['sessions'];

  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async *collect({ customerUserId }: DataSubject): AsyncGenerator<unknown> {
    for await (const rows of batchesById(this.work.manager, Session, { customerUserId }))
      yield* rows.map(({ ip, userAgent, createdAt, lastUsedAt, expiresAt }) => ({ ip, userAgent, createdAt, lastUsedAt, expiresAt }));
  }

  async erase({ customerUserId }: DataSubject): Promise<void> {
    await this.work.repository(Session).delete({ customerUserId });
  }
}

/** The failures with a customer user's email address that count towards a lock-out still. */
@Injectable()
export class LoginFailureData extends PersonalData {
  readonly section = 'loginFailures';
  readonly tables = ['login_failures'];

  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async *collect(subject: DataSubject): AsyncGenerator<unknown> {
    for await (const rows of batchesById(this.work.manager, LoginFailure, whose(subject))) yield* rows.map(({ ip, at }) => ({ ip, at }));
  }

  async erase(subject: DataSubject): Promise<void> {
    await this.rows.delete(whose(subject));
    // A console user may have the same address, and his failures go on to count.
    const others = this.rows.createQueryBuilder('failure').where({ ...whose(subject), side: 'backend' });
    const nobodys = others.andWhere('NOT EXISTS (SELECT 1 FROM users u WHERE LOWER(u.email) = failure.usernameKey)');
    await this.rows.remove(await nobodys.getMany());
  }

  private get rows() {
    return this.work.repository(LoginFailure);
  }
}

const whose = ({ emails }: DataSubject) => ({ side: 'storefront', usernameKey: In(emails.map((email) => email.toLowerCase())) });
