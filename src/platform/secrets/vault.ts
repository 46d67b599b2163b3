import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SecretSettings } from '../config/index.js';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** SHA-256 in hexadecimal: for secrets of 256 random bits, which need no slow hash. */
export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

/** Compares in a time that does not depend on where the texts differ, only on whether they are equally long. */
export function sameSecret(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What the session secret protects: texts sealed at rest, and keyed hashes. Each purpose has a key of its own (HKDF-SHA-256). */
@Injectable()
export class Vault {
  private readonly keys = new Map<string, Buffer>();

  constructor(private readonly settings: SecretSettings) {}

  /** AES-256-GCM, base64. */
  seal(purpose: string, text: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key(purpose), iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** Throws when the text was sealed with another key, for another purpose, or was changed. */
  open(purpose: string, sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.key(purpose), bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  }

  /** HMAC-SHA-256, hexadecimal. */
  hmac(purpose: string, text: string): string {
    return createHmac('sha256', this.key(purpose)).update(text).digest('hex');
  }

  private key(purpose: string): Buffer {
    let key = this.keys.get(purpose);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', this.settings.sessionSecret, '', purpose, 32));
      this.keys.set(purpose, key);
    }
    return key;
  }
}
