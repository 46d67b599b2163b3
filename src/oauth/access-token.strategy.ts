import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { TokenRefused } from '../platform/authorization/index.js';
import { HttpSettings } from '../platform/config/index.js';
import { type PermissionMatrix, type Principal, Rights } from '../platform/context/index.js';
import { AccessTokens, VERIFICATION } from './access-tokens.js';
import { ApplicationStanding } from './application-standing.js';

/** Takes the access tokens of applications. The signature is checked first, then the claims, then whether the application is still good. */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy, 'access-token') {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly standing: ApplicationStanding,
    settings: HttpSettings,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      algorithms: [...VERIFICATION.algorithms],
      issuer: settings.publicUrl,
      ignoreExpiration: true,
      jsonWebTokenOptions: { ignoreNotBefore: VERIFICATION.ignoreNotBefore },
      secretOrKeyProvider: (_request: unknown, token: string, done: (error: Error | null, key?: string | Buffer) => void) => {
        const key = tokens.keyFor(token);
        // The types of passport-jwt know of PEM alone; a KeyObject is taken as well, and is parsed once.
        if (key) done(null, key as unknown as Buffer);
        else done(new Error('No access token of ours'));
      },
    });
  }

  async validate(payload: unknown): Promise<Principal> {
    const claims = this.tokens.claimsOf(payload);
    const standing = await this.standing.ofClient(claims.client_id);
    if ('blocked' in standing)
      throw new TokenRefused(`auth.${standing.blocked}`, 'The application, its owner or its organization is not active any more.');
    const { application, owner } = standing;
    if (claims.aud !== owner.side) throw new TokenRefused('auth.wrong_audience', 'The access token is for another API.');
    const scopes = claims.scope.split(' ').filter((scope) => application.scopes.includes(scope));
    return { ...owner, rights: within(owner.rights, scopes), application: { id: application.id, name: application.name, scopes } };
  }
}

/** The owner's rights, cut to the scopes: whoever asks them later need not think of scopes. */
function within(rights: Rights, scopes: readonly string[]): Rights {
  const { permissions, capabilities } = rights.toMatrix();
  const cut: PermissionMatrix = { permissions: {}, capabilities: {} };
  for (const scope of scopes) {
    const [entity = '', action = ''] = scope.split(':');
    const level = permissions[entity]?.[action];
    if (level) (cut.permissions[entity] ??= {})[action] = level;
    if (capabilities[scope]) cut.capabilities[scope] = true;
  }
  return new Rights([cut]);
}
