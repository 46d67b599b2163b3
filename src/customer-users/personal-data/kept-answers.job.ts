import { defineJob } from '../../platform/jobs/index.js';

/** What the person in {@link ForgetInAnswers} is sealed for. */
export const ANSWERED = 'customer-users: whom answers that are kept are to forget';

/** Takes somebody who was erased out of the answers that are kept for an `Idempotency-Key`. */
export const ForgetInAnswers = defineJob<{ sealed: string; erasedAt: string }>('customer-users.forget-in-answers', { queue: 'default' });
