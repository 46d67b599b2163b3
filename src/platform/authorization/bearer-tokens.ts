import type { Principal } from '../context/index.js';

/** A kind of bearer tokens. Features provide theirs, by extending the class. */
export abstract class BearerTokens {
  /** Whom a token lets in; `undefined` for one of another kind. Throws `TokenRefused` for one that is not, or no longer, good. */
  abstract principalOf(token: string): Promise<Principal | undefined>;
}
