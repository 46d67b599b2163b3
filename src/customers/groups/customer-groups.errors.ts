import { DomainError, MemberConflict } from '../../platform/errors/index.js';

export class GroupNameTaken extends MemberConflict {
  constructor() {
    super('/name', 'customer_groups.name_taken', 'Another customer group has this name.');
  }
}

export class GroupInUse extends DomainError {
  constructor() {
    super('conflict', 'customer_groups.in_use', 'The customer group cannot be deleted: customers are in it.');
  }
}
