import { DomainError, InvalidInput, MemberConflict, type MemberFault } from '../platform/errors/index.js';

export const parentUnknown: MemberFault = {
  pointer: '/parentId',
  code: 'customers.parent_unknown',
  detail: 'There is no such parent customer.',
};

export const parentBelow: MemberFault = {
  pointer: '/parentId',
  code: 'customers.parent_cycle',
  detail: 'A customer cannot be below itself or below one of its subsidiaries.',
};

export const ownCustomerMoved: MemberFault = {
  pointer: '/parentId',
  code: 'customers.own_customer_moved',
  detail: 'Nobody moves his own customer: what is above it is not his.',
};

export const groupUnknown: MemberFault = {
  pointer: '/groupId',
  code: 'customers.group_unknown',
  detail: 'There is no such customer group.',
};

export const ownerUnknown: MemberFault = { pointer: '/ownerId', code: 'customers.owner_unknown', detail: 'There is no such user.' };

export const salesRepresentativeUnknown = (id: number, index: number): MemberFault => ({
  pointer: `/salesRepresentativeIds/${index}`,
  code: 'customers.sales_representative_unknown',
  detail: `There is no user ${id}.`,
});

/** A tree that one answer cannot hold. */
export class TreeTooLarge extends InvalidInput {
  constructor(limit: string) {
    const detail = `The tree has more than ${limit}: ask for fewer levels with depth, or list the customers with filter[ancestorId].`;
    super([{ pointer: 'depth', code: 'customers.tree_too_large', detail }], 'customers.tree_too_large', detail);
  }
}

export class ExternalIdTaken extends MemberConflict {
  constructor() {
    super('/externalId', 'customers.external_id_taken', 'Another customer has this external id.');
  }
}

export class CustomerInUse extends DomainError {
  /** `uses` in words, such as `2 orders`; without them it is known that there are some, and no more. */
  constructor(uses: readonly string[] = ['subsidiaries, users or documents']) {
    super('conflict', 'customers.in_use', `The customer cannot be deleted: it still has ${uses.join(', ')}.`);
  }
}
