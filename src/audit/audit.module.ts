import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { contributePermissions } from '../platform/authorization/index.js';
import { AuditEventsController } from './audit-events.controller.js';
import { AuditEvents } from './audit-events.service.js';
import { AuditEventPermission, LoginAttemptPermission } from './audit.permissions.js';
import { LoginAttemptData } from './login-attempt-data.js';
import { LoginAttempt } from './login-attempt.entity.js';
import { LoginAttemptsController } from './login-attempts.controller.js';
import { LoginAttempts } from './login-attempts.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([LoginAttempt])],
  controllers: [AuditEventsController, LoginAttemptsController],
  providers: [AuditEvents, LoginAttempts, LoginAttemptData, ...contributePermissions(AuditEventPermission, LoginAttemptPermission)],
  exports: [AuditEvents, LoginAttempts],
})
export class AuditModule {}
