import { MailerModule, type MailerOptions } from '@nestjs-modules/mailer';
import { Global, Module } from '@nestjs/common';
import { Clock, SECOND } from '../clock/index.js';
import { MailSettings } from '../config/index.js';
import { MailTransport } from './mail-transport.js';
import { OutboxFolder } from './outbox-folder.js';

/** A server that stays silent must not hold a job for long. */
const TIMEOUTS = { dnsTimeout: 10 * SECOND, connectionTimeout: 10 * SECOND, greetingTimeout: 10 * SECOND, socketTimeout: 30 * SECOND };

function transport({ smtpUrl, outbox }: MailSettings, clock: Clock): OutboxFolder | object {
  if (smtpUrl === undefined) return new OutboxFolder(outbox, clock);
  // The job is the one that tries again: a requeue inside the pool could not be seen, and would double what was just taken over.
  return { url: smtpUrl, pool: true, maxConnections: 5, maxRequeues: 0, ...TIMEOUTS };
}

@Global()
@Module({
  imports: [
    MailerModule.forRootAsync({
      imports: [],
      inject: [MailSettings, Clock],
      useFactory: (settings: MailSettings, clock: Clock): MailerOptions => ({ transport: transport(settings, clock) }),
    }),
  ],
  providers: [MailTransport],
  exports: [MailTransport],
})
export class MailModule {}
