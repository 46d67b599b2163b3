import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessGuard } from '../authorization/index.js';
import { FilesModule } from '../files/index.js';
import { DatabaseHealth } from './database.health.js';
import { ExpiredIdempotencyKeys } from './expired-idempotency-keys.js';
import { HealthController } from './health.controller.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { Idempotency } from './idempotency.js';
import { ProblemFilter } from './problem.filter.js';
import { UnexpectedBodyGuard } from './unexpected-body.guard.js';
import { Uploads } from './uploads.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([IdempotencyKey]), FilesModule],
  controllers: [HealthController],
  providers: [
    { provide: APP_GUARD, useExisting: AccessGuard },
    { provide: APP_GUARD, useClass: UnexpectedBodyGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
    Idempotency,
    Uploads,
    ExpiredIdempotencyKeys,
    DatabaseHealth,
  ],
  exports: [Idempotency, Uploads],
})
export class HttpModule {}
