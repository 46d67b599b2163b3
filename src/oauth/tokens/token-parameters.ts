import { OAuthError } from '../oauth-error.js';
import { memberNames } from './member-names.js';

/** How a client shows in the body who it is. A parameter without a value counts as left out (RFC 6749 section 3.2). */
export interface ClientParameters {
  clientId?: string;
  clientSecret?: string;
  /** RFC 7521 section 4.2, a way to authenticate that no client here has. */
  clientAssertion?: string;
}

export interface TokenParameters extends ClientParameters {
  grantType?: string;
  scope?: string;
}

/** What is asked of a token that there is, RFC 7009 section 2.1 and RFC 7662 section 2.1. The hint of its type would spare us nothing. */
export interface TokenReference extends ClientParameters {
  token: string;
}

const CLIENT = ['client_id', 'client_secret', 'client_assertion'] as const;
const GRANT = ['grant_type', 'scope', 'scopes', ...CLIENT] as const;
const REFERENCE = ['token', 'token_type_hint', ...CLIENT] as const;

const MEDIA_TYPES = ['application/x-www-form-urlencoded', 'application/json'];

/** What is read of a request to an endpoint that authenticates clients. */
export interface TokenRequest {
  /** Names and values in turn, as they came: in `headers`, the first of several stands for all. */
  raw: { rawHeaders: readonly string[] };
  headers: { 'content-type'?: string; authorization?: string };
  query: unknown;
  body: unknown;
  /** What `body` was read from, where that was JSON. */
  bodyText?: string;
}

/** The client that the body names, however wrong the rest of it is. */
export function clientIdIn({ body }: TokenRequest): string | undefined {
  const value = memberOf(body, CLIENT[0]);
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first !== '' ? first : undefined;
}

/** The same for two lists of the same names, in whatever order (section 3.3). */
const namesIn = (scope: string): string => [...new Set(scope.split(' '))].sort().join(' ');

/** Reads a token request. Parameters that are not known are ignored, as section 3.2 demands; a repeated one is refused. */
export function readTokenParameters(request: TokenRequest): TokenParameters {
  const { scope, scopes, ...parameters } = readParameters(request, GRANT);
  if (scope !== undefined && scopes !== undefined && namesIn(scope) !== namesIn(scopes))
    throw new OAuthError('invalid_request', 'scope and scopes differ; send one of them.');
  return { grantType: parameters.grant_type, ...clientOf(parameters), scope: scope ?? scopes };
}

/** Reads a request for introspection or revocation in the same way. */
export function readTokenReference(request: TokenRequest): TokenReference {
  const { token, ...parameters } = readParameters(request, REFERENCE);
  if (token === undefined) throw new OAuthError('invalid_request', 'token is missing.');
  return { token, ...clientOf(parameters) };
}

const clientOf = (parameters: { [N in (typeof CLIENT)[number]]?: string }): ClientParameters => ({
  clientId: parameters.client_id,
  clientSecret: parameters.client_secret,
  clientAssertion: parameters.client_assertion,
});

function readParameters<Name extends string>(
  { raw, headers, query, body, bodyText }: TokenRequest,
  names: readonly Name[],
): { [N in Name]?: string } {
  refuseOtherMedia(headers['content-type'], body);
  if (headers.authorization !== undefined) refuseSeveral(raw.rawHeaders);
  if (names.some((name) => memberOf(query, name) !== undefined))
    throw new OAuthError('invalid_request', 'Parameters belong into the body, never into the URL.');
  if (bodyText !== undefined) refuseRepeated(bodyText, names);
  const several = bodyText === undefined ? repeated : notText;
  return Object.fromEntries(names.map((name) => [name, read(body, name, several)])) as { [N in Name]?: string };
}

function refuseOtherMedia(contentType: string | undefined, body: unknown): void {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  const known = mediaType === undefined ? body === undefined || body === null : MEDIA_TYPES.includes(mediaType);
  if (!known) throw new OAuthError('invalid_request', `Send the parameters as ${MEDIA_TYPES.join(' or ')}.`, 'unsupported_media_type', 415);
  if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body)))
    throw new OAuthError('invalid_request', 'The body must be a JSON object.');
}

/** RFC 6749 section 2.3: a client authenticates in one way a request. */
function refuseSeveral(rawHeaders: readonly string[]): void {
  const given = rawHeaders.filter((text, place) => place % 2 === 0 && text.toLowerCase() === 'authorization');
  if (given.length > 1) throw new OAuthError('invalid_request', 'Send one Authorization header.', 'two_authentications');
}

/** A form names a parameter twice: the parser makes an array of it. Of JSON, it keeps the last. */
function refuseRepeated(json: string, names: readonly string[]): void {
  const given = memberNames(json);
  for (const name of names) if (given.indexOf(name) !== given.lastIndexOf(name)) throw repeated(name);
}

const repeated = (name: string) => new OAuthError('invalid_request', `${name} is given more than once.`, 'repeated_parameter');

/** Of JSON; scopes are named in one text there as well. */
const notText = (name: string) =>
  new OAuthError('invalid_request', `${name} must be a text${name.startsWith('scope') ? ', its names separated by spaces' : ''}.`);

function read(body: unknown, name: string, several: (name: string) => OAuthError): string | undefined {
  const value = memberOf(body, name);
  if (value === undefined || value === null || value === '') return undefined;
  if (Array.isArray(value)) throw several(name);
  if (typeof value !== 'string') throw notText(name);
  return value;
}

function memberOf(container: unknown, name: string): unknown {
  if (typeof container !== 'object' || container === null || !Object.hasOwn(container, name)) return undefined;
  return (container as Record<string, unknown>)[name];
}
