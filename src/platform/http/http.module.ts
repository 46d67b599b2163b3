import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessGuard } from '../authorization/index.js';
import { DatabaseHealth } from './database.health.js';
import { ExpiredIdempotencyKeys } from './expired-idempotency-keys.js';
import { HealthController } from './health.controller.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { Idempotency } from './idempotency.js';
import { ProblemFilter } from './problem.filter.js';
import { RepresentationInterceptor } from './representation.interceptor.js';
import { UnexpectedBodyGuard } from './unexpected-body.guard.js';

@Module({
  imports: [TypeOrmModule.forFeature([IdempotencyKey])],
  controllers: [HealthController],
  providers: [
    { provide: APP_GUARD, useExisting: AccessGuard },
    { provide: APP_GUARD, useClass: UnexpectedBodyGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
    // The outer one first: what is remembered has the headers that the inner one gives.
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_INTERCEPTOR, useClass: RepresentationInterceptor },
    Idempotency,
    ExpiredIdempotencyKeys,
    DatabaseHealth,
  ],
  exports: [Idempotency],
})
export class HttpModule {}
