/** His email, password or standing changed, or he is gone: what he opened before is over. */
export class UserCredentialsChanged {
  constructor(readonly userId: number) {}
}

/** He is about to be gone; what refers to him is there still. */
export class UserRemoved {
  constructor(readonly userId: number) {}
}
