import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/context/index.js';
import { namedClient, readCredentials } from './client-credentials.js';
import { Clients } from './clients.js';
import { FailedTries } from './failed-tries.js';
import type { OAuthApplication } from './oauth-application.entity.js';
import { ClientRefused, OAuthError } from './oauth-error.js';
import { TooManyFailures } from './oauth.errors.js';
import type { OAuthSecret } from './oauth-secret.entity.js';
import type { ClientParameters } from './token-parameters.js';

/** A client that has shown its secret and may act now. */
export interface Client {
  readonly application: OAuthApplication;
  readonly secret: OAuthSecret;
  readonly owner: Principal;
}

interface Attempt {
  application?: OAuthApplication;
}

/** Client authentication, RFC 6749 section 2.3, for every endpoint that demands it. */
@Injectable()
export class ClientAuthentication {
  constructor(
    private readonly clients: Clients,
    private readonly tries: FailedTries,
  ) {}

  /**
   * Runs `act`, which authenticates the client when it comes to that. A refusal of a request that names a client is in the log of
   * attempts; failures to authenticate are counted, and throw `TooManyFailures` beyond the limit.
   */
  async attempt<T>(
    parameters: ClientParameters,
    authorization: string | undefined,
    act: (authenticate: () => Promise<Client>) => Promise<T>,
  ): Promise<T> {
    const attempt: Attempt = {};
    try {
      return await act(() => this.authenticate(parameters, authorization, attempt));
    } catch (error) {
      const named = namedClient(authorization, parameters.clientId);
      const wait = error instanceof ClientRefused ? await this.tries.count(named) : 0;
      const reason = error instanceof OAuthError ? error.reason : 'unavailable';
      if (named !== undefined) await this.clients.refused(named, reason, attempt.application);
      throw wait > 0 ? new TooManyFailures(wait) : error;
    }
  }

  private async authenticate(parameters: ClientParameters, authorization: string | undefined, attempt: Attempt): Promise<Client> {
    const { application, secret, standing } = await this.clients.identify(readCredentials(authorization, parameters));
    attempt.application = application;
    if (!application || !standing || !secret) throw new ClientRefused('wrong_credentials');
    if ('blocked' in standing) throw new ClientRefused(standing.blocked);
    return { application, secret, owner: standing.owner };
  }
}
