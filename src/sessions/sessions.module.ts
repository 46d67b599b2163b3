import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/index.js';
import { CustomerUsersModule } from '../customer-users/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { HttpSettings, SecretSettings } from '../platform/config/index.js';
import { UsersModule } from '../users/index.js';
import { AuthController } from './auth.controller.js';
import { ExpiredSessions } from './expired-sessions.js';
import { LockOut } from './lock-out.js';
import { Logins } from './logins.js';
import { SessionActs } from './session-acts.js';
import { SessionTokens } from './session-tokens.js';
import { Session } from './session.entity.js';
import { SessionStrategy } from './session.strategy.js';
import { Sessions } from './sessions.service.js';
import { StorefrontAuthController } from './storefront-auth.controller.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Session]),
    JwtModule.registerAsync({
      inject: [SecretSettings, HttpSettings],
      useFactory: (secrets: SecretSettings, http: HttpSettings) => ({
        secret: secrets.sessionSecret,
        signOptions: { algorithm: 'HS256', issuer: http.publicUrl },
      }),
    }),
    AuditModule,
    OrganizationsModule,
    UsersModule,
    CustomerUsersModule,
  ],
  controllers: [AuthController, StorefrontAuthController],
  providers: [ExpiredSessions, Sessions, SessionTokens, SessionActs, SessionStrategy, Logins, LockOut],
})
export class SessionsModule {}
