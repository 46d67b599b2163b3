import { DomainError, InvalidInput } from '../platform/errors/index.js';

export class ParentUnknown extends InvalidInput {
  constructor() {
    super([{ pointer: '/parentId', code: 'customers.parent_unknown', detail: 'There is no such parent customer.' }]);
  }
}

export class ParentBelow extends InvalidInput {
  constructor() {
    super([
      {
        pointer: '/parentId',
        code: 'customers.parent_cycle',
        detail: 'A customer cannot be below itself or below one of its subsidiaries.',
      },
    ]);
  }
}

export class OwnerUnknown extends InvalidInput {
  constructor() {
    super([{ pointer: '/ownerId', code: 'customers.owner_unknown', detail: 'There is no such user.' }]);
  }
}

export class SalesRepresentativeUnknown extends InvalidInput {
  constructor(id: number, index: number) {
    super([
      { pointer: `/salesRepresentativeIds/${index}`, code: 'customers.sales_representative_unknown', detail: `There is no user ${id}.` },
    ]);
  }
}

export class ExternalIdTaken extends DomainError {
  constructor() {
    super('conflict', 'customers.external_id_taken', 'Another customer has this external id.', [
      { pointer: '/externalId', code: 'customers.external_id_taken', detail: 'Another customer has this external id.' },
    ]);
  }
}

export class CustomerInUse extends DomainError {
  /** `uses` in words, such as `2 orders`; without them it is known that there are some, and no more. */
  constructor(uses: readonly string[] = ['subsidiaries, users or documents']) {
    super('conflict', 'customers.in_use', `The customer still has ${uses.join(', ')}.`);
  }
}
