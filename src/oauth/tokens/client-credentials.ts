import { ClientRefused, OAuthError } from '../oauth-error.js';
import type { ClientParameters } from './token-parameters.js';

export interface ClientCredentials {
  clientId: string;
  clientSecret: string;
}

/** RFC 6749 appendix A.1 and A.2, and no longer than any that was ever given out; what is longer is not even hashed. */
const CREDENTIAL = /^[\x20-\x7e]{1,255}$/;

/**
 * The client's id and secret: from HTTP Basic or from the body, RFC 6749 section 2.3.1. Both at once are refused; an equal
 * `client_id` in the body beside Basic authenticates nobody and is let pass.
 */
export function readCredentials(authorization: string | undefined, parameters: ClientParameters): ClientCredentials {
  const { clientId, clientSecret, clientAssertion } = parameters;
  if (clientAssertion !== undefined) {
    if (authorization === undefined && clientSecret === undefined) throw new ClientRefused('unsupported_authentication');
    throw new OAuthError('invalid_request', 'Send client credentials or client_assertion, not both.', 'two_authentications');
  }
  if (authorization === undefined) return bounded(clientId, clientSecret);
  const basic = readBasic(authorization);
  if (clientSecret !== undefined)
    throw new OAuthError('invalid_request', 'Send the client credentials in the body or as HTTP Basic, not both.', 'two_authentications');
  if (clientId !== undefined && clientId !== basic.clientId)
    throw new OAuthError('invalid_request', 'client_id in the body is not the one of the Authorization header.', 'two_authentications');
  return basic;
}

/** The client that a request names, for the log of attempts, however wrong the rest of it is. */
export function namedClient(authorization: string | undefined, clientId: string | undefined): string | undefined {
  try {
    return authorization === undefined ? clientId : readBasic(authorization).clientId;
  } catch {
    return clientId;
  }
}

function readBasic(authorization: string): ClientCredentials {
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(authorization)?.[1];
  if (encoded === undefined) throw new ClientRefused('unsupported_authentication');
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) throw new ClientRefused('malformed_credentials');
  return bounded(formDecoded(text.slice(0, colon)), formDecoded(text.slice(colon + 1)));
}

/** RFC 6749 section 2.3.1: both halves are form-encoded before they are joined. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new ClientRefused('malformed_credentials');
  }
}

function bounded(clientId = '', clientSecret = ''): ClientCredentials {
  if (clientId === '' || clientSecret === '') throw new ClientRefused('no_credentials');
  if (!CREDENTIAL.test(clientId) || !CREDENTIAL.test(clientSecret)) throw new ClientRefused('wrong_credentials');
  return { clientId, clientSecret };
}
