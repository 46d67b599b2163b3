import { Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/context/index.js';
import { namedClient, readCredentials } from './client-credentials.js';
import { Clients } from './clients.js';
import { FailedTries } from './failed-tries.js';
import type { OAuthApplication } from '../applications/oauth-application.entity.js';
import { ClientRefused, OAuthError } from '../oauth-error.js';
import { TooManyFailures } from '../oauth.errors.js';
import type { OAuthSecret } from '../applications/oauth-secret.entity.js';
import { clientIdIn, type ClientParameters, type TokenRequest } from './token-parameters.js';

/** A client that has shown its secret and may act now. */
export interface Client {
  readonly application: OAuthApplication;
  readonly secret: OAuthSecret;
  readonly owner: Principal;
}

interface Attempt {
  /** `null` when the one that the request names does not exist, `undefined` when nobody has looked yet. */
  application?: OAuthApplication | null;
}

/** Client authentication, RFC 6749 section 2.3, for every endpoint that demands it. */
@Injectable()
export class ClientAuthentication {
  constructor(
    private readonly clients: Clients,
    private readonly tries: FailedTries,
  ) {}

  /**
   * Reads the parameters of a request and runs `act`, which authenticates the client when it comes to that. A refusal of a request that
   * names a client is in the log of attempts; failures to authenticate are counted, and throw `TooManyFailures` beyond the limit.
   */
  async attempt<P extends ClientParameters, T>(
    request: TokenRequest,
    read: (request: TokenRequest) => P,
    act: (parameters: P, authenticate: () => Promise<Client>) => Promise<T>,
  ): Promise<T> {
    const attempt: Attempt = {};
    const { authorization } = request.headers;
    try {
      const parameters = read(request);
      return await act(parameters, () => this.authenticate(parameters, authorization, attempt));
    } catch (error) {
      const named = namedClient(authorization, clientIdIn(request));
      const wait = error instanceof ClientRefused ? await this.tries.count(named) : 0;
      const reason = error instanceof OAuthError ? error.reason : 'unavailable';
      if (named !== undefined) await this.clients.refused(named, reason, attempt.application);
      throw wait > 0 ? new TooManyFailures(wait) : error;
    }
  }

  /** Leaves a request whose body could not be read in the log of attempts, where its header names a client. */
  async unread({ headers: { authorization } }: TokenRequest, reason: string): Promise<void> {
    const named = namedClient(authorization, undefined);
    if (named !== undefined) await this.clients.refused(named, reason);
  }

  private async authenticate(parameters: ClientParameters, authorization: string | undefined, attempt: Attempt): Promise<Client> {
    const { application, secret, standing } = await this.clients.identify(readCredentials(authorization, parameters));
    attempt.application = application ?? null;
    if (!application || !standing || !secret) throw new ClientRefused('wrong_credentials');
    if ('blocked' in standing) throw new ClientRefused(standing.blocked);
    return { application, secret, owner: standing.owner };
  }
}
