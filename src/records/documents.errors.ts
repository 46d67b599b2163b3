import { DomainError, type MemberFault } from '../platform/errors/index.js';

/** Somebody else made the document at the same moment. */
export class ExternalIdTaken extends DomainError {
  constructor() {
    super('conflict', 'commerce_documents.external_id_taken', 'Another document has this external id.');
  }
}

/** `If-Match` names a version of a document that is not there. */
export class NothingToMatch extends DomainError {
  constructor() {
    super('stale', 'precondition.stale', 'There is no document yet whose version could be the one that If-Match names.');
  }
}

export const customerUnknown: MemberFault = {
  pointer: '/customerId',
  code: 'commerce_documents.customer_unknown',
  detail: 'There is no such customer.',
};

export const customerUserUnknown: MemberFault = {
  pointer: '/customerUserId',
  code: 'commerce_documents.customer_user_unknown',
  detail: 'There is no such customer user.',
};

export const customerUserElsewhere: MemberFault = {
  pointer: '/customerUserId',
  code: 'commerce_documents.customer_user_of_other_customer',
  detail: 'The customer user belongs to another customer.',
};
