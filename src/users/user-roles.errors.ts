import { DomainError, MemberConflict } from '../platform/errors/index.js';

export class LabelTaken extends MemberConflict {
  constructor() {
    super('/label', 'user_roles.label_taken', 'Another role has this label.');
  }
}

export class UserRoleInUse extends DomainError {
  constructor() {
    super('conflict', 'user_roles.in_use', 'Users have the role: take it from them first.');
  }
}

export class SharedRoleKept extends DomainError {
  constructor(permission: string) {
    super(
      'forbidden',
      'user_roles.global_access_required',
      `The role is for every organization: this needs global access, and the permission ${permission} at the global level.`,
    );
  }
}

/** Somebody would take from himself what he needs to give it back. */
export class OwnRoleKept extends DomainError {
  constructor() {
    super(
      'conflict',
      'user_roles.cannot_demote_self',
      'You have this role, and could not change roles any more: somebody else has to do that, or give yourself another role first.',
    );
  }
}

export class LastAdministrator extends DomainError {
  constructor() {
    super(
      'conflict',
      'users.last_administrator',
      'Nobody would be left who is enabled, has a password and global access, and holds everything: give that to somebody else first.',
    );
  }
}
