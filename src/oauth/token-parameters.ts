import { OAuthError } from './oauth-error.js';

/** What a token request may say. A parameter without a value counts as left out (RFC 6749 section 3.2). */
export interface TokenParameters {
  grantType?: string;
  clientId?: string;
  clientSecret?: string;
  scope?: string;
}

const NAMES = ['grant_type', 'client_id', 'client_secret', 'scope', 'scopes'] as const;
type Name = (typeof NAMES)[number];

const MEDIA_TYPES = ['application/x-www-form-urlencoded', 'application/json'];

interface Request {
  headers: { 'content-type'?: string };
  query: unknown;
  body: unknown;
}

/** Reads a token request. Parameters that are not known are ignored, as section 3.2 demands; a repeated one is refused. */
export function readTokenParameters({ headers, query, body }: Request): TokenParameters {
  refuseOtherMedia(headers['content-type'], body);
  if (NAMES.some((name) => memberOf(query, name) !== undefined))
    throw new OAuthError('invalid_request', 'Parameters belong into the body, never into the URL.');
  const scope = read(body, 'scope');
  const scopes = read(body, 'scopes');
  if (scope !== undefined && scopes !== undefined && scope !== scopes)
    throw new OAuthError('invalid_request', 'scope and scopes differ; send one of them.');
  return {
    grantType: read(body, 'grant_type'),
    clientId: read(body, 'client_id'),
    clientSecret: read(body, 'client_secret'),
    scope: scope ?? scopes,
  };
}

function refuseOtherMedia(contentType: string | undefined, body: unknown): void {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  const known = mediaType === undefined ? body === undefined || body === null : MEDIA_TYPES.includes(mediaType);
  if (!known) throw new OAuthError('invalid_request', `Send the parameters as ${MEDIA_TYPES.join(' or ')}.`, 'unsupported_media_type', 415);
  if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body)))
    throw new OAuthError('invalid_request', 'The body must be a JSON object.');
}

function read(body: unknown, name: Name): string | undefined {
  const value = memberOf(body, name);
  if (value === undefined || value === null || value === '') return undefined;
  // A form names a parameter twice: the parser makes an array of it.
  if (Array.isArray(value)) throw new OAuthError('invalid_request', `${name} is given more than once.`);
  if (typeof value !== 'string') throw new OAuthError('invalid_request', `${name} must be a text.`);
  return value;
}

function memberOf(container: unknown, name: Name): unknown {
  if (typeof container !== 'object' || container === null || !Object.hasOwn(container, name)) return undefined;
  return (container as Record<string, unknown>)[name];
}
