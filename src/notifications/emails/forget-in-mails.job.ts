import { defineJob } from '../../platform/jobs/index.js';

/** What the person in {@link ForgetInMails} is sealed for. */
export const MENTIONED = 'notifications: whom mails to others are to forget';

/** Takes somebody who was erased out of mails to others. */
export const ForgetInMails = defineJob<{ sealed: string; erasedAt: string }>('notifications.forget-in-mails', { queue: 'default' });
