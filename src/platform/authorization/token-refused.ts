import { DomainError } from '../errors/index.js';

/** A bearer token that is not (or no longer) good for this request: 401 with `WWW-Authenticate: Bearer error="invalid_token"`, RFC 6750 section 3.1. */
export class TokenRefused extends DomainError {
  constructor(code: string, detail: string) {
    super('unauthenticated', code, detail);
  }
}

/** No token, or not as `Authorization: Bearer`. */
export class TokenMissing extends DomainError {
  constructor(code = 'auth.required', reason = '') {
    super('unauthenticated', code, `${reason}Send an access token as \`Authorization: Bearer <token>\`.`);
  }
}

/** RFC 9700 section 4.3.2: there it gets into logs and histories. */
export class TokenInUrl extends TokenMissing {
  constructor() {
    super('auth.token_in_url', 'An access token in the URL is not read, and others may have seen it. ');
  }
}

/** 400 with `WWW-Authenticate: Bearer error="invalid_request"`, RFC 6750 sections 2 and 3.1. */
export class TokenRepeated extends DomainError {
  constructor() {
    super('invalid', 'auth.token_repeated', 'Send one access token, in one way: as `Authorization: Bearer <token>`, and not in the URL.');
  }
}

/** A permission that the caller lacks, or that his token's scopes do not include. */
export class PermissionMissing extends DomainError {
  /** `beyond`: it is held, but at a level that does not reach this record. */
  constructor(
    readonly permission: string,
    { beyond = false } = {},
  ) {
    super(
      'forbidden',
      'auth.permission_missing',
      `This needs the permission ${permission}${beyond ? ' at a level that reaches further' : ''}.`,
    );
  }
}

export class ScopeMissing extends DomainError {
  /** Of several permissions, one would do. */
  constructor(readonly permissions: readonly string[]) {
    super('forbidden', 'auth.insufficient_scope', `The token's scopes do not include ${permissions.join(' or ')}.`);
  }
}

/** What a person does himself: no scope lets an application do it for him. */
export class PersonRequired extends DomainError {
  constructor() {
    super('forbidden', 'auth.person_required', 'A person does this himself; an application cannot do it for him.');
  }
}
