import { DomainError } from '../platform/errors/index.js';

export class GroupNameTaken extends DomainError {
  constructor() {
    const [code, detail] = ['customer_groups.name_taken', 'Another customer group has this name.'];
    super('conflict', code, detail, [{ pointer: '/name', code, detail }]);
  }
}

export class GroupInUse extends DomainError {
  constructor() {
    super('conflict', 'customer_groups.in_use', 'The customer group cannot be deleted: customers are in it.');
  }
}
