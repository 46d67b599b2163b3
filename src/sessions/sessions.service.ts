import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { CustomerUserCredentialsChanged } from '../customer-users/index.js';
import { Clock, DAY } from '../platform/clock/index.js';
import { CurrentContext, type Side } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { ListensTo, ListensToAll } from '../platform/events/index.js';
import { UserCredentialsChanged } from '../users/index.js';
import { SessionTokens } from './session-tokens.js';
import { Session } from './session.entity.js';
import type { TokensView } from './sessions.dto.js';
import { RefreshRefused } from './sessions.errors.js';

/** A session that nobody refreshes for this long is over. */
const IDLE = 30 * DAY;

@Injectable()
export class Sessions {
  constructor(
    private readonly work: UnitOfWork,
    private readonly tokens: SessionTokens,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  async start(subject: { userId: number } | { customerUserId: number }): Promise<TokensView> {
    const { ip, userAgent } = this.context.get();
    const now = this.clock.now();
    const session = await this.work.repository(Session).save({
      userId: null,
      customerUserId: null,
      ...subject,
      generation: 1,
      ip: ip ?? null,
      userAgent: userAgent ?? null,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: this.clock.in(IDLE),
    } as Session);
    return this.tokens.issue(session);
  }

  /** The session, while it goes on. */
  find(id: number): Promise<Session | null> {
    return this.work.repository(Session).findOneBy({ id, expiresAt: MoreThan(this.clock.now()) });
  }

  /** New tokens for a refresh token that was not used before. One that was used ends the whole session: somebody has a copy. */
  async refresh(side: Side, refreshToken: string): Promise<{ session: Session; tokens: TokensView }> {
    const shown = this.tokens.read(refreshToken);
    const session = shown && (await this.find(shown.sessionId));
    if (!shown || !session || sideOf(session) !== side) throw new RefreshRefused();
    const next = { generation: shown.generation + 1, lastUsedAt: this.clock.now(), expiresAt: this.clock.in(IDLE) };
    const { affected } = await this.work.repository(Session).update({ id: session.id, generation: shown.generation }, next);
    if (affected !== 1) {
      await this.end(session.id);
      throw new RefreshRefused();
    }
    const renewed = Object.assign(session, next);
    return { session: renewed, tokens: this.tokens.issue(renewed) };
  }

  async end(id: number): Promise<void> {
    await this.work.repository(Session).delete({ id });
  }

  @ListensToAll(CustomerUserCredentialsChanged)
  async endAllOf(changed: readonly CustomerUserCredentialsChanged[]): Promise<void> {
    await this.work.repository(Session).delete({ customerUserId: In(changed.map(({ customerUserId }) => customerUserId)) });
  }

  @ListensTo(UserCredentialsChanged)
  async endAllOfUser({ userId }: UserCredentialsChanged): Promise<void> {
    await this.work.repository(Session).delete({ userId });
  }
}

const sideOf = ({ userId }: Session): Side => (userId === null ? 'storefront' : 'backend');
