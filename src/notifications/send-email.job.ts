import { HOUR, MINUTE } from '../platform/clock/index.js';
import { defineJob } from '../platform/jobs/index.js';

/** Eight tries within some eight hours: a mail server that is down over night is not the end of a mail. */
export const SendEmail = defineJob<{ emailId: number }>('notifications.send-email', {
  queue: 'mail',
  attempts: 8,
  backoff: { first: MINUTE, factor: 3, max: 4 * HOUR },
});
