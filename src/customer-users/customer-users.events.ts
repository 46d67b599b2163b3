/** A customer user came to be. */
export class CustomerUserCreated {
  static readonly type = 'customer_user.created';
  constructor(
    readonly customerUserId: number,
    readonly organizationId: number,
  ) {}
}

/** He is to be welcomed with a link to set his password. */
export class CustomerUserInvited {
  static readonly type = 'customer_user.invited';
  constructor(
    readonly customerUserId: number,
    readonly organizationId: number,
    /** Good once; goes into his mail and nowhere else. */
    readonly setPasswordToken: string,
  ) {}
}

/** His account is open and he has a password: he is to be welcomed with the way to log in. */
export class CustomerUserWelcomed {
  static readonly type = 'customer_user.welcomed';
  constructor(
    readonly customerUserId: number,
    readonly organizationId: number,
    /** `confirmed`: his address was confirmed only now, by himself or an admin. */
    readonly occasion: 'registered' | 'confirmed',
  ) {}
}

/** A link of his was made; `token` is good once, goes into his mail and nowhere else. */
abstract class LinkMade {
  constructor(
    readonly customerUserId: number,
    readonly organizationId: number,
    readonly token: string,
  ) {}
}

/** He is to prove his email address. */
export class CustomerUserConfirmationRequested extends LinkMade {
  static readonly type = 'customer_user.confirmation_requested';
}

/** Somebody, most likely he, says that he forgot his password. */
export class CustomerUserPasswordForgotten extends LinkMade {
  static readonly type = 'customer_user.password_forgotten';
}

/** An admin demands a new password of him. */
export class CustomerUserPasswordResetForced extends LinkMade {
  static readonly type = 'customer_user.password_reset_forced';
}

/** Somebody registered with an email address that is his already. */
export class CustomerUserRegisteredAgain {
  static readonly type = 'customer_user.registered_again';
  constructor(
    readonly customerUserId: number,
    readonly organizationId: number,
  ) {}
}

/** A step towards another email address; `token` is good once, goes into its mail and nowhere else. */
abstract class EmailChangeStep {
  constructor(
    readonly customerUserId: number,
    readonly organizationId: number,
    readonly newEmail: string,
    readonly token: string,
  ) {}
}

/** He wants another email address, which his present one is to agree to. */
export class CustomerUserEmailChangeRequested extends EmailChangeStep {
  static readonly type = 'customer_user.email_change_requested';
}

/** His present email address agreed: the new one is to be proved his. */
export class CustomerUserEmailChangeAgreed extends EmailChangeStep {
  static readonly type = 'customer_user.email_change_agreed';
}

/** His email address is another one now. */
export class CustomerUserEmailChanged {
  static readonly type = 'customer_user.email_changed';
  constructor(
    readonly customerUserId: number,
    readonly organizationId: number,
    readonly oldEmail: string,
    readonly newEmail: string,
  ) {}
}

/** His email, password or standing changed: what he opened before is over. */
export class CustomerUserCredentialsChanged {
  static readonly type = 'customer_user.credentials_changed';
  constructor(readonly customerUserId: number) {}
}
