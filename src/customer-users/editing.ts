import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/index.js';
import type { RecordedCustomerUser } from './customer-user-history.js';
import type { CustomerUser } from './customer-user.entity.js';
import type { CustomerUserChange } from './customer-users.dto.js';
import { EmailKeys } from './email-keys.js';
import { References } from './references.js';

const PLAIN_MEMBERS = [
  ...(['namePrefix', 'firstName', 'middleName', 'lastName', 'nameSuffix', 'birthday', 'phone'] as const),
  ...(['enabled', 'confirmed', 'externalId', 'customerId', 'ownerId', 'websiteId', 'preferredLocalizationId'] as const),
];

/** Carries a change out on the row of a customer user. */
@Injectable()
export class Editing {
  constructor(
    private readonly references: References,
    private readonly emailKeys: EmailKeys,
    private readonly clock: Clock,
  ) {}

  /** Throws `InvalidInput` with every rule that the change breaks. */
  async apply(person: CustomerUser, before: RecordedCustomerUser, change: CustomerUserChange, passwordHash: string | undefined) {
    const { organizationId } = person;
    const movesWebsite = change.websiteId !== undefined && change.websiteId !== person.websiteId;
    // A localization belongs to a website: whoever changes the website chooses again, or has none.
    const localized = movesWebsite ? { preferredLocalizationId: null, ...change } : change;
    const target = {
      ...before,
      ...defined({ customerId: change.customerId, websiteId: change.websiteId, enabled: change.enabled, roleIds: change.roleIds }),
    };
    await this.references.refuseBroken(target, change);
    if (change.email !== undefined) Object.assign(person, await this.emailKeys.of(organizationId, change.email, person.guest));
    Object.assign(person, defined(Object.fromEntries(PLAIN_MEMBERS.map((member) => [member, localized[member]]))));
    if (passwordHash !== undefined) Object.assign(person, { passwordHash, passwordStatus: 'active' });
    const shutOut = (before.enabled && !person.enabled) || (before.confirmed && !person.confirmed);
    if (shutOut || passwordHash !== undefined || before.email !== person.email) person.credentialEpoch += 1;
    person.updatedAt = this.clock.now();
  }
}

const defined = <T extends object>(members: T): Partial<T> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>;
