import { isDeepStrictEqual } from 'node:util';
import type { ImportRow, WithFields } from '../../import-export/index.js';
import type { RecordedCustomerUser } from '../customer-user-history.js';
import { CustomerUser } from '../customer-user.entity.js';

/** What a row of a file says of a customer user. */
export interface CustomerUserRow extends WithFields {
  id: number;
  namePrefix: string;
  firstName: string;
  middleName: string;
  lastName: string;
  nameSuffix: string;
  birthday: string;
  email: string;
  customerId: number;
  customerName: string;
  roles: string[];
  guest: boolean;
  enabled: boolean;
  confirmed: boolean;
  ownerId: number;
  ownerUsername: string;
  websiteId: number;
  phone: string;
  externalId: string;
}

/** The email address by which a row names the owner; where it has an id, that alone counts. */
export const ownerNamed = (row: ImportRow<CustomerUserRow>): string | undefined =>
  row.has('ownerId') ? undefined : row.draft.ownerUsername;

/** A customer user in the middle of an import: as he was, and as the rows of a batch make him. */
export class Subject {
  /** Does not have the id of a new one. */
  readonly person: CustomerUser;
  roleIds: readonly number[];
  /** A new one without a customer gets one of his own. */
  needsCustomer = false;

  constructor(readonly before: RecordedCustomerUser | undefined) {
    this.person = Object.assign(new CustomerUser(), before && withoutLinks(before));
    this.roleIds = before?.roleIds ?? [];
  }

  /** Takes new values over; true when any differs. */
  assign(values: Partial<CustomerUser>): boolean {
    const differs = Object.entries(values).some(([member, value]) => this.isOther(member, value));
    if (differs) Object.assign(this.person, values);
    return differs;
  }

  /** Takes a list of roles over; true when it is another one. */
  assignRoles(roleIds: readonly number[]): boolean {
    if (roleIds.length === 1 && this.roleIds.length === 1 && roleIds[0] === this.roleIds[0]) return false;
    const [now, then] = [new Set(roleIds), new Set(this.roleIds)];
    if (now.size === then.size && [...now].every((id) => then.has(id))) return false;
    this.roleIds = [...now];
    return true;
  }

  private isOther(member: string, value: unknown): boolean {
    const kept = this.person[member as keyof CustomerUser];
    return kept !== value && (member !== 'customFields' || !isDeepStrictEqual(kept, value));
  }
}

function withoutLinks({
  roleIds: _roles,
  salesRepresentativeIds: _representatives,
  fields: _fields,
  ...person
}: RecordedCustomerUser): CustomerUser {
  return person;
}
