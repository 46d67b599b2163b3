/** His email, password or standing changed, or he is gone: what he opened before is over. */
export class UserCredentialsChanged {
  static readonly type = 'user.credentials_changed';
  constructor(readonly userId: number) {}
}
