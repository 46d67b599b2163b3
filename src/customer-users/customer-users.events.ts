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

/** His email, password or standing changed: what he opened before is over. */
export class CustomerUserCredentialsChanged {
  static readonly type = 'customer_user.credentials_changed';
  constructor(readonly customerUserId: number) {}
}
