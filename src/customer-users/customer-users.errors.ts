import type { Permission } from '../platform/authorization/index.js';
import { DomainError, InvalidInput, type MemberFault, NotFound } from '../platform/errors/index.js';

/** People whom a refusal names; more are counted. */
const MOST_NAMED = 10;

export const emailTaken: MemberFault = {
  pointer: '/email',
  code: 'customer_users.email_taken',
  detail: 'A customer user with this email address exists already.',
};

export const externalIdTaken: MemberFault = {
  pointer: '/externalId',
  code: 'customer_users.external_id_taken',
  detail: 'Another customer user has this external id.',
};

/** Somebody else has what may stand once. Of several, the first gives its code. */
export class MembersTaken extends DomainError {
  constructor(faults: readonly MemberFault[]) {
    super('conflict', faults[0]?.code ?? 'conflict.duplicate', faults.map(({ detail }) => detail).join(' '), faults);
  }
}

export class EmailTaken extends MembersTaken {
  constructor() {
    super([emailTaken]);
  }
}

export class ExternalIdTaken extends MembersTaken {
  constructor() {
    super([externalIdTaken]);
  }
}

export class EmailUnchanged extends InvalidInput {
  constructor() {
    super([{ pointer: '/email', code: 'customer_users.email_unchanged', detail: 'This is the email address already.' }]);
  }
}

/** Of two changes at once, the other came first. */
export class CredentialsOutdated extends DomainError {
  constructor() {
    super('conflict', 'accounts.credentials_changed', 'Email address, password or standing changed meanwhile: log in again.');
  }
}

export class NoPendingEmail extends NotFound {
  constructor() {
    super('pending change of the email address', 'customer_users.no_pending_email');
  }
}

export class RegistrationClosed extends DomainError {
  constructor() {
    super('forbidden', 'registration.not_allowed', 'Nobody can register here.');
  }
}

/** Single sign-on alone. */
export class PasswordLoginOff extends DomainError {
  constructor() {
    super('forbidden', 'accounts.password_login_off', 'Passwords let nobody in here: log in with single sign-on.');
  }
}

export class CustomerUserMissing extends NotFound {
  constructor() {
    super('customer user');
  }
}

export class CustomerMissing extends NotFound {
  constructor() {
    super('customer');
  }
}

/** People whom a role cannot be taken from: they are enabled, and have no other. */
export class RolesKept extends DomainError {
  constructor(names: readonly string[]) {
    const shown = names.slice(0, MOST_NAMED);
    const more = names.length - shown.length;
    super(
      'conflict',
      'customer_users.roles_missing',
      `You cannot remove the last role from ${listed(more > 0 ? [...shown, `${more} more`] : shown)}: who is enabled needs at least one.`,
    );
  }
}

/** Of the customer, nobody could look after its people any more. */
export class LastAdministrator extends DomainError {
  constructor() {
    super(
      'conflict',
      'customer_users.last_administrator',
      'The customer would be left without an enabled administrator: make somebody else one first.',
    );
  }
}

/** An act that makes no sense for a guest, who never logs in. */
export class GuestRefused extends DomainError {
  constructor() {
    super('conflict', 'customer_users.guest', 'The customer user is a guest, who never logs in.');
  }
}

export class AlreadyConfirmed extends DomainError {
  constructor() {
    super('conflict', 'customer_users.already_confirmed', 'The email address of the customer user is confirmed already.');
  }
}

export class DisabledRefused extends DomainError {
  constructor() {
    super('conflict', 'customer_users.disabled', 'The customer user is disabled: enable him first.');
  }
}

export class CustomerUserErased extends DomainError {
  constructor() {
    super('conflict', 'customer_users.erased', 'The customer user was erased: what is left of him never changes.');
  }
}

export class ActOnSelf extends DomainError {
  constructor() {
    super(
      'conflict',
      'customer_users.self',
      'Nobody disables, deletes, resets or edits himself in the way of others: the own profile is at /api/me.',
    );
  }
}

export class CustomerUserInUse extends DomainError {
  /** `uses` in words, such as `2 orders`; without them it is known that there are some, and no more. */
  constructor(uses: readonly string[] = ['documents']) {
    super('conflict', 'customer_users.in_use', `The customer user cannot be deleted: ${listed(uses)} refer to him.`);
  }
}

/** Documents refer to somebody who is to move to another customer, and the caller may not edit them. */
export class MoveRefused extends DomainError {
  constructor(lacking: readonly Permission[]) {
    const names = lacking.map(({ name }) => name);
    super(
      'forbidden',
      'customer_users.move_refused',
      `Documents refer to the customer user: to move him needs the permission${names.length === 1 ? '' : 's'} ${listed(names)}.`,
      names.map((name) => ({
        pointer: '/customerId',
        code: 'auth.permission_missing',
        detail: `This needs the permission ${name} for all of his documents of this kind.`,
      })),
    );
  }
}

const listed = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]*)$/, ' and $1');

/** A mailed link that does not exist, was used, or has expired: the three are not told apart. */
export class LinkUnusable extends InvalidInput {
  constructor() {
    const detail = 'The link is not valid: it was used already, has expired or was replaced by a newer one. Ask for a new one.';
    super([{ pointer: '/token', code: 'links.unusable', detail }], 'links.unusable', detail);
  }
}

export const customerUnknown: MemberFault = {
  pointer: '/customerId',
  code: 'customer_users.customer_unknown',
  detail: 'There is no such customer.',
};

export const oneOwner: MemberFault = {
  pointer: '/customerUserId',
  code: 'addresses.one_owner',
  detail: 'Name the owner of the address book: either customerId or customerUserId.',
};

export const websiteUnknown: MemberFault = {
  pointer: '/websiteId',
  code: 'customer_users.website_unknown',
  detail: 'There is no such website.',
};

export const rolesMissing: MemberFault = {
  pointer: '/roleIds',
  code: 'customer_users.roles_missing',
  detail: 'An enabled customer user needs at least one role.',
};
