import { Module, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/index.js';
import { CustomerUsersModule } from '../customer-users/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { contextOf } from '../platform/http/index.js';
import { RolesModule } from '../roles/index.js';
import { UsersModule } from '../users/index.js';
import { ApplicationBearers } from './tokens/application-bearers.js';
import { AccessTokens } from './tokens/access-tokens.js';
import { ApplicationData } from './applications/application-data.js';
import { ApplicationOrganizations } from './applications/application-organizations.js';
import { ApplicationScopes } from './applications/application-scopes.js';
import { ApplicationSecrets } from './applications/application-secrets.service.js';
import { ApplicationStanding } from './applications/application-standing.js';
import { ApplicationViews } from './applications/application-views.js';
import { OAuthApplicationsController } from './applications/applications.controller.js';
import { ApplicationsRepository } from './applications/applications.repository.js';
import { OAuthApplications } from './applications/applications.service.js';
import { ClientSecrets } from './applications/client-secret.js';
import { ClientAuthentication } from './tokens/client-authentication.js';
import { ClientUses } from './applications/client-uses.js';
import { Clients } from './tokens/clients.js';
import { CustomerUserApplicationsController } from './applications/customer-user-applications.controller.js';
import { ConsentProofSigner } from './keys/consent-proof-signer.js';
import { ExpiredOAuthEntries } from './tokens/expired-entries.js';
import { ExpiringSecrets } from './applications/expiring-secrets.js';
import { FailedTries } from './tokens/failed-tries.js';
import { FailedTriesCount } from './tokens/failed-tries-count.entity.js';
import { Introspection } from './tokens/introspection.service.js';
import { KnownClients } from './applications/known-clients.js';
import { MetadataController } from './metadata.controller.js';
import { OAuthApplication } from './applications/oauth-application.entity.js';
import { OAuthErrorFilter, UNREADABLE } from './oauth-error.filter.js';
import { answerDirectly, serveOAuthErrors } from './oauth-routes.js';
import { OAuthApplicationPermission } from './oauth.permissions.js';
import { OAuthSecret } from './applications/oauth-secret.entity.js';
import { Revocation } from './tokens/revocation.service.js';
import { RevokedToken } from './tokens/revoked-token.entity.js';
import { RevokedTokens } from './tokens/revoked-tokens.js';
import { SigningKeysHealth } from './keys/signing-keys.health.js';
import { SigningKeys } from './keys/signing-keys.js';
import { TokenController } from './tokens/token.controller.js';
import { Tokens } from './tokens/token.service.js';
import { TokenStanding } from './tokens/token-standing.js';
import { TokenStatusController } from './tokens/token-status.controller.js';
import { UserApplicationsController } from './applications/user-applications.controller.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([OAuthApplication, OAuthSecret, RevokedToken, FailedTriesCount]),
    AuditModule,
    OrganizationsModule,
    UsersModule,
    CustomerUsersModule,
    RolesModule,
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
    ApplicationBearers,
    ApplicationStanding,
    ApplicationsRepository,
    ApplicationOrganizations,
    ApplicationScopes,
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
    private readonly tokens: Tokens,
    private readonly authentication: ClientAuthentication,
    private readonly context: CurrentContext,
  ) {}

  /** Runs before the routes are registered. */
  configure(): void {
    const fastify = this.host.httpAdapter.getInstance();
    serveOAuthErrors(fastify, this.errors, (request) =>
      this.context.run(contextOf(request), () => this.authentication.unread(request, UNREADABLE)),
    );
    answerDirectly(fastify, '/oauth2-token', (request) => this.tokens.issue(request));
  }
}
