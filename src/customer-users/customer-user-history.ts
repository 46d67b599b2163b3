import type { FieldValues } from '../custom-fields/index.js';
import type { HistoryRules } from '../platform/history/index.js';
import type { CustomerUser } from './customer-user.entity.js';

/** A customer user with what is kept beside his row. */
export type RecordedCustomerUser = CustomerUser & { roleIds: number[]; salesRepresentativeIds: number[]; fields: FieldValues };

export const CUSTOMER_USER_HISTORY: HistoryRules<RecordedCustomerUser> = {
  entity: 'customer_user',
  members: [
    ...(['email', 'namePrefix', 'firstName', 'middleName', 'lastName', 'nameSuffix', 'birthday', 'phone'] as const),
    ...(['enabled', 'confirmed', 'guest', 'passwordStatus', 'customerId', 'ownerId', 'salesRepresentativeIds'] as const),
    ...(['websiteId', 'preferredLocalizationId', 'roleIds', 'externalId'] as const),
  ],
  secrets: ['passwordHash'],
  named: { customFields: 'fields' },
};
