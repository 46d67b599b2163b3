import { HOUR, MINUTE } from '../../platform/clock/index.js';
import { defineJob, type JobOptions } from '../../platform/jobs/index.js';

/** Eight tries within some eight hours: a mail server that is down over night is not the end of a mail. */
const TRIES: Pick<JobOptions, 'attempts' | 'backoff'> = { attempts: 8, backoff: { first: MINUTE, factor: 3, max: 4 * HOUR } };

export const SendEmail = defineJob<{ emailId: number }>('notifications.send-email', { queue: 'mail', ...TRIES });

/** For the mails that imports cause, in a queue of their own: nobody's password waits behind a hundred thousand welcomes. */
export const SendBulkEmail = defineJob<{ emailId: number }>('notifications.send-bulk-email', { queue: 'bulk-mail', ...TRIES });
