import { DomainError } from '../platform/errors/index.js';

/** One answer for an unknown email, a wrong password and an account that may not log in. */
export class CredentialsWrong extends DomainError {
  constructor() {
    super('unauthenticated', 'auth.credentials_wrong', 'The email address or the password is wrong, or the account may not log in.');
  }
}

/** The same for emails that exist and for those that do not. */
export class LockedOut extends DomainError {
  constructor(seconds: number) {
    super('limited', 'auth.locked_out', 'Too many failed logins; try again later.', [], seconds);
  }
}

export class RefreshRefused extends DomainError {
  constructor() {
    super('unauthenticated', 'auth.refresh_refused', 'The refresh token is not valid, has expired, or was used before. Log in again.');
  }
}
