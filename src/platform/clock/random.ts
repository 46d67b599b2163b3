import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';

/** Randomness from the operating system's CSPRNG. Injected so that tests can make it predictable. */
@Injectable()
export class Random {
  /** A URL-safe secret of `bits` bits, base64url without padding; 256 bits give 43 characters. */
  token(bits = 256): string {
    return randomBytes(bits / 8).toString('base64url');
  }

  uuid(): string {
    return randomUUID();
  }
}
