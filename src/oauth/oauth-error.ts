/** The codes of RFC 6749 sections 4.1.2.1 and 5.2 that this server uses, each with its status. */
const STATUS = {
  invalid_request: 400,
  invalid_client: 401,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  temporarily_unavailable: 503,
  server_error: 500,
} as const;

export type OAuthErrorCode = keyof typeof STATUS;

/** A refusal in the form of RFC 6749 section 5.2. `reason` is for the log of attempts, never for the client. */
export class OAuthError extends Error {
  constructor(
    readonly code: OAuthErrorCode,
    description: string,
    readonly reason: string = code,
    /** Another status than the code's own, where RFC 9110 has a more precise one. */
    readonly status: number = STATUS[code],
  ) {
    super(description);
    this.name = 'OAuthError';
  }
}

/** One answer for every client that is not let in, whatever the reason. */
export class ClientRefused extends OAuthError {
  constructor(reason: string) {
    super('invalid_client', 'Client authentication failed.', reason);
  }
}
