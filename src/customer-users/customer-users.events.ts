/** A customer user came to be. */
export class CustomerUserCreated {
  constructor(
    readonly customerUserId: number,
    readonly organizationId: number,
  ) {}
}

/** He is to be welcomed with a link to set his password. */
export class CustomerUserInvited {
  constructor(
    readonly customerUserId: number,
    readonly organizationId: number,
    /** Good once; goes into his mail and nowhere else. */
    readonly setPasswordToken: string,
  ) {}
}

/** His account is open and he has a password: he is to be welcomed with the way to log in. */
export class CustomerUserWelcomed {
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
export class CustomerUserConfirmationRequested extends LinkMade {}

/** Somebody, most likely he, says that he forgot his password. */
export class CustomerUserPasswordForgotten extends LinkMade {}

/** An admin demands a new password of him. */
export class CustomerUserPasswordResetForced extends LinkMade {}

/** Somebody registered with an email address that is his already. */
export class CustomerUserRegisteredAgain {
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
export class CustomerUserEmailChangeRequested extends EmailChangeStep {}

/** His present email address agreed: the new one is to be proved his. */
export class CustomerUserEmailChangeAgreed extends EmailChangeStep {}

/** His email address is another one now. */
export class CustomerUserEmailChanged {
  constructor(
    readonly customerUserId: number,
    readonly organizationId: number,
    readonly oldEmail: string,
    readonly newEmail: string,
  ) {}
}

/** His email, password or standing changed: what he opened before is over. */
export class CustomerUserCredentialsChanged {
  constructor(readonly customerUserId: number) {}
}

/** He is about to be gone: what is kept about him alone, and keeps nobody from deleting him, goes before him. */
export class CustomerUserRemoved {
  constructor(readonly customerUserId: number) {}
}
