/** The way out for mails: a mail server, or a folder. */
export { MailModule } from './mail.module.js';
export { MailRefused } from './mail-refused.js';
export { type MailAddress, MailTransport, type OutgoingMail } from './mail-transport.js';
