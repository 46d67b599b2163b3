import { DomainError, type MemberFault } from '../platform/errors/index.js';

/** Rights that are named in a refusal; more are counted. */
const MOST_NAMED = 10;

export class LabelTaken extends DomainError {
  constructor() {
    const [code, detail] = ['user_roles.label_taken', 'Another role has this label.'];
    super('conflict', code, detail, [{ pointer: '/label', code, detail }]);
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

/** A right that somebody would give, and where it stands in what he sent. */
export interface Excess {
  /** Such as `customer:edit at global`. */
  right: string;
  pointer: string;
}

/** Somebody would give more than he holds himself. */
export class AboveOwnRights extends DomainError {
  constructor(excess: readonly Excess[]) {
    const code = 'user_roles.above_own_rights';
    const pointers = [...new Set(excess.map(({ pointer }) => pointer))];
    const faults = pointers.map((pointer): MemberFault => ({
      pointer,
      code,
      detail: detailOf(excess.filter((one) => one.pointer === pointer)),
    }));
    super('forbidden', code, detailOf(excess), faults);
  }
}

function detailOf(excess: readonly Excess[]): string {
  const rights = [...new Set(excess.map(({ right }) => right))];
  const more = rights.length - MOST_NAMED;
  return `This is more than you hold yourself: ${rights.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
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
