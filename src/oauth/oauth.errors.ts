import { DomainError, InvalidInput } from '../platform/errors/index.js';

/** What administrators are told when nothing can be signed. The wording is part of the API. */
export const KEYS_WARNING =
  'OAuth authorization is not available as encryption keys configuration was not complete. Please contact your administrator.';

export class KeysUnavailable extends DomainError {
  constructor() {
    super('unavailable', 'oauth_applications.keys_unavailable', KEYS_WARNING);
  }
}

export class TooManyFailures extends DomainError {
  constructor(retryAfter: number) {
    super('limited', 'oauth.too_many_failures', 'Too many failures of late; try again later.', [], retryAfter);
  }
}

export class ApplicationNameTaken extends DomainError {
  constructor() {
    const detail = 'The owner has another application of this name.';
    super('conflict', 'oauth_applications.name_taken', detail, [{ pointer: '/name', code: 'oauth_applications.name_taken', detail }]);
  }
}

/** A scope in the list that a client sent. */
interface NamedScope {
  readonly name: string;
  readonly index: number;
}

/** Scopes that there are not on the owner's side, and scopes for what he may not do himself. */
export class ScopesRefused extends InvalidInput {
  constructor({ unknown, aboveOwner }: { unknown: readonly NamedScope[]; aboveOwner: readonly NamedScope[] }) {
    super([
      ...unknown.map(({ name, index }) => ({
        pointer: `/scopes/${index}`,
        code: 'oauth_applications.scope_unknown',
        detail: `There is no scope ${name} for the applications of this owner.`,
      })),
      ...aboveOwner.map(({ name, index }) => ({
        pointer: `/scopes/${index}`,
        code: 'oauth_applications.scope_above_owner',
        detail: `The owner has no right to ${name}, so his application cannot have it either.`,
      })),
    ]);
  }
}

export class OrganizationRefused extends InvalidInput {
  constructor(detail: string) {
    super([{ pointer: '/organizationId', code: 'oauth_applications.organization_refused', detail }]);
  }
}

export class ExpiryPassed extends InvalidInput {
  constructor(member: string) {
    super([{ pointer: `/${member}`, code: 'oauth_applications.expiry_passed', detail: `${member} must be in the future.` }]);
  }
}

/** What only an application that may act again one day is given. */
export class OwnerDeleted extends DomainError {
  constructor() {
    super('conflict', 'oauth_applications.owner_deleted', 'Its owner has been deleted: nothing lets this application act again.');
  }
}

export class TooManySecrets extends DomainError {
  constructor(most: number) {
    super('conflict', 'oauth_applications.too_many_secrets', `An application has at most ${most} secrets; revoke one that is not used.`);
  }
}
