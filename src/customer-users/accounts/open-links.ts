import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { Clock } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { sha256 } from '../../platform/secrets/index.js';
import { LinkToken } from './link-token.entity.js';

/** Which of the links that were mailed are still good. */
@Injectable()
export class OpenLinks {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Whether all of these tokens are: neither used, nor expired, nor over because of a newer one. */
  async areOpen(tokens: readonly string[]): Promise<boolean> {
    const hashes = [...new Set(tokens.map((token) => sha256(token)))];
    if (hashes.length === 0) return true;
    const where = { tokenHash: In(hashes), expiresAt: MoreThan(this.clock.now()) };
    return (await this.work.repository(LinkToken).countBy(where)) === hashes.length;
  }
}
