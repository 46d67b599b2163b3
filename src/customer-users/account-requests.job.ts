import { defineJob } from '../platform/jobs/index.js';

/** What somebody who is not logged in asks a mail for. */
export type AccountRequestKind = 'forgotten-password' | 'confirmation';

/** Looks for the accounts of an email address and mails them what was asked for. */
export const AnswerAccountRequest = defineJob<{ kind: AccountRequestKind; sealedEmail: string; organizationId: number | null }>(
  'customer-users.answer-account-request',
  { queue: 'mail' },
);
