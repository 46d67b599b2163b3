import { Strategy, type StrategyCreated } from 'passport';
import { TokenMissing } from './token-refused.js';

type Done = (error: Error | null, principal: Express.User) => void;

interface Request {
  readonly headers: { readonly authorization?: string };
}

/** RFC 6750 section 2.1, the one way of the three in which a token neither gets into logs nor into forms. */
const SCHEME = /^bearer /i;
const TOKEN = /^bearer +([\w.~+/-]+=*) *$/i;

/** A passport strategy that hands the bearer token of a request to whoever extends it; an empty one where there is none that could be read. */
export class BearerHeader extends Strategy {
  constructor(readonly verified: (token: string, done: Done) => void) {
    super();
  }

  override authenticate(this: StrategyCreated<this>, { headers: { authorization = '' } }: Request): void {
    if (!SCHEME.test(authorization)) return this.error(new TokenMissing());
    this.verified(TOKEN.exec(authorization)?.[1] ?? '', (error, principal) => (error ? this.error(error) : this.success(principal)));
  }
}
