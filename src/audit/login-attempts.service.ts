import { Injectable } from '@nestjs/common';
import { In, type SelectQueryBuilder } from 'typeorm';
import { within } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext, type Side } from '../platform/context/index.js';
import { cut, insertMany, UnitOfWork } from '../platform/database/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { LoginAttempt, type LoginSource } from './login-attempt.entity.js';
import { LoginAttemptPermission } from './audit.permissions.js';
import type { LoginAttemptView } from './login-attempts.dto.js';
import { loginAttemptListing } from './login-attempts.listing.js';

/** What is known of a try to get in. The address and the browser come from the request. */
export interface LoginTry {
  success: boolean;
  /** Why it failed. */
  reason?: string;
  source: LoginSource;
  side?: Side;
  /** As typed; cut to 255 characters. */
  username: string;
  organizationId?: number;
  userId?: number;
  customerUserId?: number;
  user?: string;
}

interface Moment {
  readonly at: Date;
  readonly ip?: string;
  readonly userAgent?: string;
}

@Injectable()
export class LoginAttempts {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<LoginAttemptView>> {
    const { rows, page } = await loginAttemptListing.page(this.visible(), request);
    return { items: rows.map(viewOf), page };
  }

  /** Those of a customer user that the caller may see, as a query over `attempt`, for who shows them with other things. */
  about(customerUserId: number): SelectQueryBuilder<LoginAttempt> {
    return this.visible().andWhere('attempt.customerUserId = :customerUserId', { customerUserId });
  }

  /** By id; whoever acts. */
  async views(ids: readonly number[]): Promise<Map<number, LoginAttemptView>> {
    const rows = await this.work.repository(LoginAttempt).findBy({ id: In(ids) });
    return new Map(rows.map((row) => [row.id, viewOf(row)]));
  }

  record(attempt: LoginTry): Promise<void> {
    return this.recordAll([{ ...attempt, ...this.moment() }]);
  }

  /** Where and when it happens: for attempts that are recorded later, with {@link recordAll}. */
  moment(): Moment {
    const { ip, userAgent } = this.context.get();
    return { at: this.clock.now(), ip, userAgent };
  }

  /** Several in one statement. */
  async recordAll(attempts: readonly (LoginTry & Moment)[]): Promise<void> {
    const rows = attempts.map(({ reason, username, ip, userAgent, ...attempt }) => ({
      side: null,
      organizationId: null,
      userId: null,
      customerUserId: null,
      user: null,
      ...attempt,
      reason: reason ?? null,
      username: cut(username, 255),
      usernameKey: cut(username.toLowerCase(), 255),
      ip: ip ?? null,
      userAgent: userAgent ?? null,
    }));
    await insertMany(this.work.manager, LoginAttempt, rows);
  }

  private visible(): SelectQueryBuilder<LoginAttempt> {
    const query = this.work.repository(LoginAttempt).createQueryBuilder('attempt');
    return within(query, this.context.principal(), LoginAttemptPermission.view, { organization: 'attempt.organizationId' });
  }
}

const viewOf = ({ usernameKey: _key, organizationId: _organization, ...view }: LoginAttempt): LoginAttemptView => view;

export const LOCKED_OUT = 'locked_out';
