import { DomainError, InvalidInput, MemberConflict, type MemberFault } from '../platform/errors/index.js';

export class EmailTaken extends MemberConflict {
  constructor() {
    super('/email', 'users.email_taken', 'Another user has this email address.');
  }
}

export class CannotDisableSelf extends MemberConflict {
  constructor() {
    super('/enabled', 'users.cannot_disable_self', 'You cannot disable yourself.');
  }
}

export class CannotDemoteSelf extends MemberConflict {
  constructor() {
    super('/roleIds', 'users.cannot_demote_self', 'With these roles you could not change users any more: somebody else has to do that.');
  }
}

export class CannotDeleteSelf extends DomainError {
  constructor() {
    super('conflict', 'users.cannot_delete_self', 'You cannot delete yourself.');
  }
}

export class UserInUse extends DomainError {
  constructor() {
    super('conflict', 'users.in_use', 'The user owns customers or customer users, or has imported or exported: disable him instead.');
  }
}

export class GlobalAccessRequired extends DomainError {
  constructor() {
    const [code, detail] = ['users.global_access_required', 'Only who has global access himself gives it.'];
    super('forbidden', code, detail, [{ pointer: '/globalAccess', code, detail }]);
  }
}

/** The password that was checked a moment ago is his no more. */
export class CredentialsOutdated extends DomainError {
  constructor() {
    super('conflict', 'users.credentials_changed', 'Your password was changed meanwhile: log in again.');
  }
}

export class RoleUnknown extends InvalidInput {
  constructor(ids: readonly number[], unknown: readonly number[]) {
    super(roleFaults(ids, unknown));
  }
}

export const roleFaults = (ids: readonly number[], unknown: readonly number[]): MemberFault[] =>
  ids.flatMap((id, index) =>
    unknown.includes(id) ? { pointer: `/roleIds/${index}`, code: 'users.role_unknown', detail: `There is no role ${id}.` } : [],
  );
