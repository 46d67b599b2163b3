import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { contributePermissions } from '../platform/authorization/index.js';
import { LoginAttemptPermission } from './audit.permissions.js';
import { LoginAttemptData } from './login-attempt-data.js';
import { LoginAttempt } from './login-attempt.entity.js';
import { LoginAttemptsController } from './login-attempts.controller.js';
import { LoginAttempts } from './login-attempts.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([LoginAttempt])],
  controllers: [LoginAttemptsController],
  providers: [LoginAttempts, LoginAttemptData, ...contributePermissions(LoginAttemptPermission)],
  exports: [LoginAttempts],
})
export class AuditModule {}
