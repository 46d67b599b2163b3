import { Injectable } from '@nestjs/common';
import { Algorithm, hash, verify } from '@node-rs/argon2';

/** argon2id with 19 MiB, two passes, one lane: the OWASP password storage cheat sheet's first choice, about 10 ms. */
const ARGON2ID = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes and checks passwords. Runs on a thread of its own; never call it inside a unit of work. */
@Injectable()
export class Passwords {
  private decoy?: Promise<string>;

  hash(password: string): Promise<string> {
    return hash(password, ARGON2ID);
  }

  /**
   * True when the password fits the hash. Without a hash (an unknown user, an account without a password) it takes as long and is
   * false, so that the time tells nothing.
   */
  async fits(password: string, passwordHash: string | null | undefined): Promise<boolean> {
    this.decoy ??= this.hash('a password that nobody has');
    const fits = await verify(passwordHash ?? (await this.decoy), password);
    return fits && typeof passwordHash === 'string';
  }
}
