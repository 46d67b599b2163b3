import { MailRefused } from './mail-refused.js';

// Deliberately narrow: what passes can neither end a header nor an SMTP command, nor name a second recipient. RFC 5321: at most 320 characters.
const ADDRESS = /^[^\s\p{Cc}<>()[\]\\,;:"@]{1,64}@[^\s\p{Cc}<>()[\]\\,;:"@]{1,255}$/u;

export function assertAddress(address: string): void {
  if (!ADDRESS.test(address)) throw new MailRefused(`${JSON.stringify(address)} is not an address that a mail can be sent to.`, true);
}

/** Line breaks and other control characters become spaces, so that nothing in a header can start another one. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
