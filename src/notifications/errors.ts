import { DomainError, NotFound } from '../platform/errors/index.js';

export class EmailNotFound extends NotFound {
  constructor() {
    super('email', 'emails.not_found');
  }
}

export class EmailNotResendable extends DomainError {
  constructor(reason: string) {
    super('conflict', 'emails.not_resendable', `The email cannot be sent again: ${reason}`);
  }
}
