import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { NotFound } from '../platform/errors/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { Session } from './session.entity.js';
import type { SessionView } from './sessions.dto.js';
import { sessionListing } from './sessions.listing.js';

/** The sessions of the one who acts: where he is logged in. */
@Injectable()
export class OwnSessions {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<SessionView>> {
    const { sessionId } = this.context.principal();
    const query = this.work
      .repository(Session)
      .createQueryBuilder('session')
      .where({ ...this.own(), expiresAt: MoreThan(this.clock.now()) });
    const { rows, page } = await sessionListing.page(query, request);
    const items = rows.map(({ id, ip, userAgent, createdAt, lastUsedAt, expiresAt }) => {
      return { id, current: id === sessionId, ip, userAgent, createdAt, lastUsedAt, expiresAt };
    });
    return { items, page };
  }

  async end(id: number): Promise<void> {
    const { affected } = await this.work.repository(Session).delete({ id, ...this.own() });
    if (affected !== 1) throw new NotFound('session');
  }

  /** The one that he acts in as well. */
  async endAll(): Promise<void> {
    await this.work.repository(Session).delete(this.own());
  }

  private own() {
    const { type, id } = this.context.principal();
    return type === 'user' ? { userId: id } : { customerUserId: id };
  }
}
