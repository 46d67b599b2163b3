/** What went wrong, in terms a domain knows; the HTTP layer alone turns a kind into a status code. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'stale'
  | 'too-large'
  | 'unsupported'
  | 'unprocessable'
  | 'limited'
  | 'unavailable';

/** One offending member of an input; `pointer` is a JSON pointer (RFC 6901) into the body, or the query parameter's name. */
export interface MemberFault {
  pointer: string;
  code: string;
  detail: string;
}

/** The outermost member of the input that a fault is about. */
export function memberOf({ pointer }: MemberFault): string {
  const [, name = ''] = pointer.split('/');
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Why a request is refused: a stable dotted `code` for programs and a sentence for people. */
export class DomainError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    detail: string,
    readonly faults: readonly MemberFault[] = [],
    /** Seconds after which a try may succeed, for `limited` and `unavailable`. */
    readonly retryAfter?: number,
  ) {
    super(detail);
    this.name = new.target.name;
  }
}

/** One or more broken rules of an input, all in one answer. */
export class InvalidInput extends DomainError {
  constructor(faults: readonly MemberFault[], code = 'validation.failed', detail?: string) {
    super('invalid', code, detail ?? faults.map((fault) => fault.detail).join(' '), faults);
  }
}

/** A member that is right in itself, and in conflict with what is there. `pointer` as of a {@link MemberFault}. */
export class MemberConflict extends DomainError {
  constructor(pointer: string, code: string, detail: string) {
    super('conflict', code, detail, [{ pointer, code, detail }]);
  }
}

/** What does not exist, or what the caller may not see: the two are told apart nowhere. */
export class NotFound extends DomainError {
  constructor(what: string, code = 'not_found') {
    super('missing', code, `There is no such ${what}.`);
  }
}
