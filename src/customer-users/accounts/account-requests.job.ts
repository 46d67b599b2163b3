import { defineJob } from '../../platform/jobs/index.js';

/** What somebody who is not logged in asks a mail for. */
export type AccountRequestKind = 'forgotten-password' | 'confirmation';

/** Looks for the accounts of an email address and mails them what was asked for. */
export const AnswerAccountRequest = defineJob<{ kind: AccountRequestKind; sealedEmail: string; organizationId: number | null }>(
  'customer-users.answer-account-request',
  { queue: 'mail' },
);

/** Warns the owner of an email address that was registered with again; after a registration with a new one, does nothing. */
export const FollowRegistration = defineJob<{ customerUserId: number; again: boolean }>('customer-users.follow-registration', {
  queue: 'mail',
});

/** Milliseconds. */
const [SOONEST, SPREAD] = [200, 800];

/** When such a job begins. Not with the answer, nor at a moment that is known: a process of one thread would show the work in its answers. */
export const aMomentLater = (): number => SOONEST + Math.floor(Math.random() * SPREAD);
