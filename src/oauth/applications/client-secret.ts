import { crc32 } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { Random } from '../../platform/clock/index.js';
import { Vault } from '../../platform/secrets/index.js';

/** What secret scanners know it by: `cis_[A-Za-z0-9_-]{43}[0-9a-z]{7}`. */
const PREFIX = 'cis_';
const BITS = 256;
const CHECKSUM_LENGTH = 7;

const checksum = (text: string): string => crc32(text).toString(36).padStart(CHECKSUM_LENGTH, '0');

/** True when the text has the form and the checksum of a client secret: lets a scanner drop false finds without asking. */
export function isClientSecret(text: string): boolean {
  const [body, sum] = [text.slice(0, -CHECKSUM_LENGTH), text.slice(-CHECKSUM_LENGTH)];
  return /^cis_[A-Za-z0-9_-]{43}$/.test(body) && sum === checksum(body);
}

@Injectable()
export class ClientSecrets {
  constructor(
    private readonly random: Random,
    private readonly vault: Vault,
  ) {}

  /** A new secret, and what is kept of it. */
  create(): { secret: string; hash: string; hint: string } {
    const body = `${PREFIX}${this.random.token(BITS)}`;
    const secret = `${body}${checksum(body)}`;
    return { secret, hash: this.hash(secret), hint: secret.slice(-4) };
  }

  hash(secret: string): string {
    return this.vault.hmac('oauth-secret', secret);
  }
}
