import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/index.js';
import { deleteBefore, UnitOfWork } from '../database/index.js';
import { Chore } from '../jobs/index.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { LIFETIME } from './idempotency.js';

@Injectable()
export class ExpiredIdempotencyKeys extends Chore {
  readonly name = 'Forgetting idempotency keys';

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<void> {
    return deleteBefore(this.work.repository(IdempotencyKey), 'createdAt', this.clock.in(-LIFETIME));
  }
}
