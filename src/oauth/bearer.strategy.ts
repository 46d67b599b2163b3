import { Strategy, type StrategyCreated } from 'passport';

type Done = (error: Error | null, principal?: Express.User) => void;

interface Request {
  readonly headers: { readonly authorization?: string };
}

/** RFC 6750 section 2.1, the one way of the three in which a token neither gets into logs nor into forms. */
const BEARER = /^bearer +([\w.~+/-]+=*) *$/i;

/** A passport strategy that hands the bearer token of a request to whoever extends it. passport-jwt knows neither EdDSA nor async keys. */
export class BearerStrategy extends Strategy {
  constructor(readonly verified: (token: string, done: Done) => void) {
    super();
  }

  override authenticate(this: StrategyCreated<this>, { headers }: Request): void {
    const token = BEARER.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) return this.fail('No bearer token', 401);
    this.verified(token, (error, principal) => {
      if (error) this.error(error);
      else if (principal) this.success(principal);
      else this.fail('No token of this kind', 401);
    });
  }
}
