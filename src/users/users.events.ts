/** His email, password or standing changed, or he is gone: what he opened before is over. */
export class UserCredentialsChanged {
  static readonly type = 'user.credentials_changed';
  constructor(readonly userId: number) {}
}

/** He is about to be gone; what refers to him is there still. */
export class UserRemoved {
  static readonly type = 'user.removed';
  constructor(readonly userId: number) {}
}
