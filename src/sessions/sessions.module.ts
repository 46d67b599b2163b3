import { createSecretKey } from 'node:crypto';
import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/index.js';
import { CustomerUsersModule } from '../customer-users/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { HttpSettings, SecretSettings } from '../platform/config/index.js';
import { UsersModule } from '../users/index.js';
import { AuthController } from './auth.controller.js';
import { ConsolePasswordController } from './console-password.controller.js';
import { ConsolePassword } from './console-password.js';
import { Entry } from './entry.js';
import { ExpiredFailures } from './expired-failures.js';
import { ExpiredSessions } from './expired-sessions.js';
import { Gate } from './gate.js';
import { LockOut } from './lock-out.js';
import { LoginFailure } from './login-failure.entity.js';
import { Logins } from './logins.js';
import { OwnCredentialsController } from './own-credentials.controller.js';
import { OwnCredentials } from './own-credentials.js';
import { AdminSessionsController, StorefrontSessionsController } from './own-sessions.controller.js';
import { OwnSessions } from './own-sessions.js';
import { RegistrationController } from './registration.controller.js';
import { SessionActs } from './session-acts.js';
import { SessionStanding } from './session-standing.js';
import { LoginFailureData, SessionData } from './session-data.js';
import { SessionTokens } from './session-tokens.js';
import { Session } from './session.entity.js';
import { SessionBearers } from './session-bearers.js';
import { Sessions } from './sessions.service.js';
import { StorefrontAuthController } from './storefront-auth.controller.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([LoginFailure, Session]),
    JwtModule.registerAsync({
      inject: [SecretSettings, HttpSettings],
      useFactory: (secrets: SecretSettings, http: HttpSettings) => ({
        // Of a text, the library tries first whether it is a key of another kind, which takes longer than all else. Its types know no key objects.
        secret: createSecretKey(Buffer.from(secrets.sessionSecret)) as unknown as Buffer,
        signOptions: { algorithm: 'HS256', issuer: http.publicUrl },
        verifyOptions: { algorithms: ['HS256'], issuer: http.publicUrl },
      }),
    }),
    AuditModule,
    OrganizationsModule,
    UsersModule,
    CustomerUsersModule,
  ],
  controllers: [
    AuthController,
    StorefrontAuthController,
    RegistrationController,
    OwnCredentialsController,
    StorefrontSessionsController,
    AdminSessionsController,
    ConsolePasswordController,
  ],
  providers: [
    ExpiredFailures,
    Entry,
    Gate,
    OwnCredentials,
    ConsolePassword,
    OwnSessions,
    ExpiredSessions,
    Sessions,
    SessionData,
    LoginFailureData,
    SessionTokens,
    SessionActs,
    SessionStanding,
    SessionBearers,
    Logins,
    LockOut,
  ],
})
export class SessionsModule {}
