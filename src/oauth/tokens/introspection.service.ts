import { Injectable } from '@nestjs/common';
import { within } from '../../platform/authorization/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { type AccessTokenClaims, AccessTokens } from './access-tokens.js';
import { type Client, ClientAuthentication } from './client-authentication.js';
import { ClientUses } from '../applications/client-uses.js';
import { OAuthApplication } from '../applications/oauth-application.entity.js';
import { KeysUnavailable } from '../oauth.errors.js';
import { OAuthApplicationPermission } from '../oauth.permissions.js';
import { SigningKeys } from '../keys/signing-keys.js';
import type { IntrospectionAnswer } from './token.dto.js';
import { readTokenReference, type TokenRequest } from './token-parameters.js';
import { TokenStanding } from './token-standing.js';

const INACTIVE: IntrospectionAnswer = { active: false };

/**
 * Token introspection, RFC 7662. A client learns of its own tokens; one that has the scope `oauth_application:view`, as a resource server
 * of the merchant's, of those of the applications that it may see. Anything else is inactive to it.
 */
@Injectable()
export class Introspection {
  constructor(
    private readonly authentication: ClientAuthentication,
    private readonly tokens: AccessTokens,
    private readonly standing: TokenStanding,
    private readonly keys: SigningKeys,
    private readonly work: UnitOfWork,
    private readonly uses: ClientUses,
  ) {}

  introspect(request: TokenRequest): Promise<IntrospectionAnswer> {
    return this.authentication.attempt(request, readTokenReference, async ({ token }, authenticate) => {
      const client = await authenticate();
      await this.uses.note(client, { logged: false });
      // Without keys nothing can be said of a token; it is not its fault.
      if (this.keys.fault() !== undefined) throw new KeysUnavailable();
      const claims = this.tokens.find(token);
      return claims ? this.answer(claims, client) : INACTIVE;
    });
  }

  private async answer(claims: AccessTokenClaims, client: Client): Promise<IntrospectionAnswer> {
    const standing = await this.standing.of(claims);
    if ('blocked' in standing || !(await this.maySee(standing.application, client))) return INACTIVE;
    const { client_secret_id: _secret, scope: _granted, ...told } = claims;
    const held = standing.scopes.filter((scope) => standing.owner.rights.holds(scope));
    return { active: true, ...told, scope: held.join(' '), token_type: 'Bearer' };
  }

  private async maySee({ id }: OAuthApplication, { application, owner }: Client): Promise<boolean> {
    if (application.id === id) return true;
    const principal = { ...owner, rights: owner.rights.cutTo(application.scopes) };
    const query = this.work.repository(OAuthApplication).createQueryBuilder('application').where('application.id = :id', { id });
    return within(query, principal, OAuthApplicationPermission.view, { organization: 'application.organizationId' }).getExists();
  }
}
