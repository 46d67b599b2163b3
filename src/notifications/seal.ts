import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SecretSettings } from '../platform/config/index.js';

const NONCE = 12;
const TAG = 16;

/** Another `SESSION_SECRET` sealed this, or somebody changed it. */
export class SealBroken extends Error {
  constructor() {
    super('What the mail says cannot be unsealed: SESSION_SECRET has changed since it was queued.');
    this.name = 'SealBroken';
  }
}

/** Keeps what a mail will say unreadable in the database until it is sent: AES-256-GCM, a key of its own from the session secret. */
@Injectable()
export class Seal {
  private readonly key: Buffer;

  constructor({ sessionSecret }: SecretSettings) {
    this.key = Buffer.from(hkdfSync('sha256', sessionSecret, '', 'notifications: mails that wait to be sent', 32));
  }

  /** `boundTo` must be shown again to {@link open}: what is sealed for one mail cannot be passed off as that of another. */
  close(content: object, boundTo: string): string {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(boundTo));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64');
  }

  /** Throws {@link SealBroken}. */
  open(text: string, boundTo: string): object {
    try {
      const bytes = Buffer.from(text, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, NONCE), { authTagLength: TAG })
        .setAAD(Buffer.from(boundTo))
        .setAuthTag(bytes.subarray(-TAG));
      return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8')) as object;
    } catch {
      throw new SealBroken();
    }
  }
}
