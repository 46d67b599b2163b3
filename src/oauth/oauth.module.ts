import { Module, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/index.js';
import { CustomerUsersModule } from '../customer-users/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { UsersModule } from '../users/index.js';
import { AccessTokenStrategy } from './access-token.strategy.js';
import { AccessTokens } from './access-tokens.js';
import { ApplicationData } from './application-data.js';
import { ApplicationSecrets } from './application-secrets.service.js';
import { ApplicationStanding } from './application-standing.js';
import { ApplicationViews } from './application-views.js';
import { OAuthApplicationsController } from './applications.controller.js';
import { ApplicationsRepository } from './applications.repository.js';
import { OAuthApplications } from './applications.service.js';
import { ClientSecrets } from './client-secret.js';
import { ClientAuthentication } from './client-authentication.js';
import { ClientUses } from './client-uses.js';
import { Clients } from './clients.js';
import { CustomerUserApplicationsController } from './customer-user-applications.controller.js';
import { ConsentProofSigner } from './consent-proof-signer.js';
import { ExpiredOAuthEntries } from './expired-entries.js';
import { ExpiringSecrets } from './expiring-secrets.js';
import { FailedTries } from './failed-tries.js';
import { FailedTriesCount } from './failed-tries-count.entity.js';
import { Introspection } from './introspection.service.js';
import { KnownClients } from './known-clients.js';
import { MetadataController } from './metadata.controller.js';
import { OAuthApplication } from './oauth-application.entity.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';
import { serveOAuthErrors } from './oauth-routes.js';
import { OAuthApplicationPermission } from './oauth.permissions.js';
import { OAuthSecret } from './oauth-secret.entity.js';
import { Revocation } from './revocation.service.js';
import { RevokedToken } from './revoked-token.entity.js';
import { RevokedTokens } from './revoked-tokens.js';
import { SigningKeysHealth } from './signing-keys.health.js';
import { SigningKeys } from './signing-keys.js';
import { TokenController } from './token.controller.js';
import { Tokens } from './token.service.js';
import { TokenStanding } from './token-standing.js';
import { TokenStatusController } from './token-status.controller.js';
import { UserApplicationsController } from './user-applications.controller.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([OAuthApplication, OAuthSecret, RevokedToken, FailedTriesCount]),
    AuditModule,
    OrganizationsModule,
    UsersModule,
    CustomerUsersModule,
  ],
  controllers: [
    TokenController,
    TokenStatusController,
    MetadataController,
    OAuthApplicationsController,
    CustomerUserApplicationsController,
    UserApplicationsController,
  ],
  providers: [
    SigningKeys,
    SigningKeysHealth,
    ClientSecrets,
    Clients,
    KnownClients,
    ClientAuthentication,
    ClientUses,
    FailedTries,
    AccessTokens,
    AccessTokenStrategy,
    ApplicationStanding,
    ApplicationsRepository,
    ApplicationSecrets,
    ApplicationViews,
    ApplicationData,
    OAuthApplications,
    Tokens,
    TokenStanding,
    RevokedTokens,
    Introspection,
    Revocation,
    ExpiredOAuthEntries,
    ExpiringSecrets,
    OAuthErrorFilter,
    ConsentProofSigner,
    ...contributePermissions(OAuthApplicationPermission),
  ],
  exports: [OAuthApplications],
})
export class OAuthModule implements NestModule {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly errors: OAuthErrorFilter,
  ) {}

  /** Runs before the routes are registered. */
  configure(): void {
    serveOAuthErrors(this.host.httpAdapter.getInstance(), this.errors);
  }
}
