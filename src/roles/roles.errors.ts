import { DomainError, MemberConflict, type MemberFault } from '../platform/errors/index.js';

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

/** Somebody deleted a role while others gave it to people. */
export class RoleGone extends DomainError {
  constructor() {
    super('conflict', 'roles.gone', 'A role that was to be given was deleted meanwhile.');
  }
}

/** The merchant keeps the role to himself: he lets customers have no copy of their own. */
export class NotSelfManaged extends DomainError {
  constructor() {
    super('forbidden', 'roles.not_self_managed', 'The role is not for customers to change.');
  }
}

/** The customer has a copy of the role: the copy is what its people have, and what is to be edited. */
export class CustomizedAlready extends DomainError {
  constructor(copy?: { id: number; label: string }) {
    const which = copy ? `the role ${copy.id} (${copy.label})` : 'another role';
    super('conflict', 'roles.customized_already', `The customer has a copy of this role already: edit ${which} in place of it.`);
  }
}

/** A customer deletes his own roles alone. */
export class PredefinedKept extends DomainError {
  constructor() {
    super('forbidden', 'roles.predefined', 'The role is for every customer: only the merchant deletes it.');
  }
}

/** Websites give it to whoever comes without one: it has to be there, and for everybody. */
export class WebsiteRoleKept extends DomainError {
  constructor() {
    super('conflict', 'roles.website_role', 'A website gives the role to new customer users or to guests: choose another one there first.');
  }
}

export const customerUnknown: MemberFault = {
  pointer: '/customerId',
  code: 'roles.customer_unknown',
  detail: 'There is no such customer.',
};
