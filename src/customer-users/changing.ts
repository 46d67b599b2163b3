import { Injectable } from '@nestjs/common';
import { Events } from '../platform/events/index.js';
import { History } from '../platform/history/index.js';
import { RoleAssignments } from '../roles/index.js';
import { CUSTOMER_USER_HISTORY, type RecordedCustomerUser } from './customer-user-history.js';
import type { CustomerUser } from './customer-user.entity.js';
import { CustomerUserCredentialsChanged } from './customer-users.events.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { LinkTokens } from './link-tokens.js';

/** What is kept beside the row of a customer user. */
export interface Belongings {
  roleIds?: readonly number[];
  salesRepresentativeIds?: readonly number[];
}

/** What belongs to every change of a customer user, whatever the act. */
@Injectable()
export class Changing {
  constructor(
    private readonly people: CustomerUsersRepository,
    private readonly assignments: RoleAssignments,
    private readonly links: LinkTokens,
    private readonly events: Events,
    private readonly history: History,
  ) {}

  /** As he is now, to be held against what the change makes of him. */
  async recorded(person: CustomerUser): Promise<RecordedCustomerUser> {
    const roles = await this.assignments.of([person.id]);
    const representatives = await this.people.salesRepresentativesOf([person.id]);
    return {
      ...person,
      roleIds: (roles.get(person.id) ?? []).map((role) => role.id),
      salesRepresentativeIds: representatives.get(person.id) ?? [],
    };
  }

  /** Writes the changed row, what is given of his belongings, and what follows. */
  async save(before: RecordedCustomerUser, person: CustomerUser, { roleIds, salesRepresentativeIds }: Belongings = {}) {
    const saved = await this.people.save(person);
    if (roleIds) await this.assignments.replace(saved.id, roleIds);
    if (salesRepresentativeIds) await this.people.replaceSalesRepresentatives(saved.id, salesRepresentativeIds);
    await this.conclude(before, saved);
    return saved;
  }

  /** Writes the history and, where email, password or standing changed, ends what was opened before. Part of every change. */
  async conclude(before: RecordedCustomerUser, saved: CustomerUser): Promise<void> {
    const after = await this.recorded(saved);
    await this.history.changed(CUSTOMER_USER_HISTORY, before, after);
    if (before.credentialEpoch === after.credentialEpoch) return;
    await this.links.end(saved.id);
    await this.events.record(new CustomerUserCredentialsChanged(saved.id));
  }
}
