import { DomainError } from '../platform/errors/index.js';

class MemberConflict extends DomainError {
  constructor(pointer: string, code: string, detail: string) {
    super('conflict', code, detail, [{ pointer, code, detail }]);
  }
}

export class LabelTaken extends MemberConflict {
  constructor() {
    super('/label', 'roles.label_taken', 'Another role of the same customer, or another predefined one, has this label.');
  }
}

export class CodeTaken extends MemberConflict {
  constructor() {
    super('/code', 'roles.code_taken', 'Another role of the organization has this code.');
  }
}

export class RoleInUse extends DomainError {
  constructor() {
    super('conflict', 'roles.in_use', 'Customer users have the role: take it from them first.');
  }
}

/** The merchant keeps the role to himself: he lets customers have no copy of their own. */
export class NotSelfManaged extends DomainError {
  constructor() {
    super('forbidden', 'roles.not_self_managed', 'The role is not for customers to change.');
  }
}
