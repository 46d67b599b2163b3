import type { Rights } from '../../platform/context/index.js';
import { OAuthError } from '../oauth-error.js';

/** RFC 6749 section 3.3. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;

const refused = (description: string) => new OAuthError('invalid_scope', description);

interface Grant {
  /** What the application may ask for. */
  readonly scopes: readonly string[];
  /** What its owner may do now. */
  readonly rights: Rights;
  /** Every scope that there is on the owner's side. */
  readonly catalog: ReadonlySet<string>;
}

/**
 * The scopes of a token: those asked for, or all of the application when none are, cut to what the owner may do. Asking for
 * what does not exist, for what the application was not given, or only for what the owner lacks is `invalid_scope`. No token is without any.
 */
export function grantScopes(requested: string | undefined, { scopes, rights, catalog }: Grant): string[] {
  const offered = scopes.filter((scope) => catalog.has(scope));
  if (requested === undefined) return someOf(offered.filter((scope) => rights.holds(scope)));
  if (!SCOPE.test(requested)) throw refused('scope must be a list of names with single spaces between them.');
  const wanted = [...new Set(requested.split(' '))];
  const unknown = wanted.find((scope) => !catalog.has(scope));
  if (unknown !== undefined) throw refused(`There is no scope ${unknown.slice(0, 100)} for this application.`);
  const withheld = wanted.find((scope) => !offered.includes(scope));
  if (withheld !== undefined) throw refused(`The application was not given the scope ${withheld}.`);
  return someOf(wanted.filter((scope) => rights.holds(scope)));
}

function someOf(granted: string[]): string[] {
  if (granted.length === 0) throw refused("The owner's roles grant none of the scopes that this is about.");
  return granted;
}
