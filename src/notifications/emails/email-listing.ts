import { defineListing, type RequestOf } from '../../platform/listing/index.js';
import { EMAIL_STATUSES } from './email.entity.js';

export const emailListing = defineListing({
  id: 'email.id',
  defaultSort: '-createdAt',
  fields: {
    to: { type: 'text', column: 'email.toAddress', sort: true, description: 'The address of the recipient.' },
    template: { type: 'text', column: 'email.template' },
    status: { type: 'enumerated', values: EMAIL_STATUSES, column: 'email.status' },
    event: { type: 'text', column: 'email.event', nullable: true },
    recordId: { type: 'id', column: 'email.recordId', nullable: true },
    ruleId: { type: 'id', column: 'email.ruleId', nullable: true },
    customerUserId: { type: 'id', column: 'email.customerUserId', nullable: true },
    userId: { type: 'id', column: 'email.userId', nullable: true },
    createdAt: { type: 'instant', column: 'email.createdAt', sort: true },
    sentAt: { type: 'instant', column: 'email.sentAt', nullable: true },
  },
});

export type EmailListRequest = RequestOf<typeof emailListing>;

/** What a list reads: not the bodies, nor what is sealed. */
export const LISTED_COLUMNS = [
  'id',
  'organizationId',
  'template',
  'templateId',
  'event',
  'recordId',
  'ruleId',
  'localizationId',
  'toName',
  'toAddress',
  'fromName',
  'fromAddress',
  'subject',
  'status',
  'attempts',
  'messageId',
  'lastError',
  'response',
  'customerUserId',
  'userId',
  'createdAt',
  'sentAt',
  'version',
].map((property) => `email.${property}`);
