import { Injectable } from '@nestjs/common';
import { SECOND } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import type { AccessTokenClaims } from './access-tokens.js';
import { RevokedToken } from './revoked-token.entity.js';

@Injectable()
export class RevokedTokens {
  constructor(private readonly work: UnitOfWork) {}

  has(jti: string): Promise<boolean> {
    return this.work.repository(RevokedToken).existsBy({ jti });
  }

  async add({ jti, exp }: AccessTokenClaims): Promise<void> {
    const row = { jti, expiresAt: new Date(exp * SECOND) };
    await this.work.repository(RevokedToken).createQueryBuilder().insert().values(row).orIgnore().updateEntity(false).execute();
  }
}
