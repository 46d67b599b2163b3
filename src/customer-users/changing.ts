import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { CustomFieldValues } from '../custom-fields/index.js';
import { Clock } from '../platform/clock/index.js';
import { Events } from '../platform/events/index.js';
import { History } from '../platform/history/index.js';
import { RoleAssignments } from '../roles/index.js';
import { CredentialChanges } from './accounts/credential-changes.js';
import { CUSTOMER_USER_HISTORY, type RecordedCustomerUser } from './customer-user-history.js';
import type { CustomerUser } from './customer-user.entity.js';
import { CustomerUserCreated } from './customer-users.events.js';
import { CustomerUsersRepository } from './customer-users.repository.js';

/** What is kept beside the row of a customer user. */
export interface Belongings {
  roleIds?: readonly number[];
  salesRepresentativeIds?: readonly number[];
  /** His address book was written with it. */
  newAddresses?: boolean;
}

/** What belongs to every change of a customer user, whatever the act. */
@Injectable()
export class Changing {
  constructor(
    private readonly people: CustomerUsersRepository,
    private readonly assignments: RoleAssignments,
    private readonly customFields: CustomFieldValues,
    private readonly credentialChanges: CredentialChanges,
    private readonly events: Events,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /** As he is now, to be held against what the change makes of him. */
  async recorded(person: CustomerUser): Promise<RecordedCustomerUser> {
    const roles = await this.assignments.of([person.id]);
    const representatives = await this.people.salesRepresentativesOf([person.id]);
    return this.recordedWith(
      person,
      (roles.get(person.id) ?? []).map((role) => role.id),
      representatives.get(person.id) ?? [],
    );
  }

  /** The same where roles and sales representatives are known. */
  async recordedWith(
    person: CustomerUser,
    roleIds: readonly number[],
    salesRepresentativeIds: readonly number[],
  ): Promise<RecordedCustomerUser> {
    const fieldsOf = await this.customFields.shown('customer_user', [person]);
    return {
      ...person,
      fields: fieldsOf(person),
      roleIds: inOrder(roleIds),
      salesRepresentativeIds: inOrder(salesRepresentativeIds),
    };
  }

  /** What follows the row of a new customer user. */
  async introduce(saved: CustomerUser, { roleIds = [], salesRepresentativeIds = [] }: Belongings): Promise<void> {
    await this.assignments.give(new Map([[saved.id, roleIds]]));
    await this.people.giveSalesRepresentatives(saved.id, salesRepresentativeIds);
    await this.history.created(CUSTOMER_USER_HISTORY, await this.recordedWith(saved, roleIds, salesRepresentativeIds));
    await this.events.record(new CustomerUserCreated(saved.id, saved.organizationId));
  }

  /** Writes the changed row, what is given of his belongings, and what follows. Where nothing differs, nothing is written. */
  async save(
    before: RecordedCustomerUser,
    person: CustomerUser,
    { roleIds, salesRepresentativeIds, newAddresses = false }: Belongings = {},
  ): Promise<CustomerUser> {
    const newRoles = roleIds && !sameIds(roleIds, before.roleIds) ? roleIds : undefined;
    const newRepresentatives =
      salesRepresentativeIds && !sameIds(salesRepresentativeIds, before.salesRepresentativeIds) ? salesRepresentativeIds : undefined;
    if (!newRoles && !newRepresentatives && !newAddresses && isDeepStrictEqual({ ...before, ...person }, before)) return person;
    const stays = person.customerId === before.customerId;
    const saved = await this.people.save(Object.assign(person, { updatedAt: this.clock.now() }), { stays });
    if (newRoles) await this.assignments.replace(saved.id, newRoles);
    if (newRepresentatives) await this.people.replaceSalesRepresentatives(saved.id, newRepresentatives);
    await this.conclude(before, saved);
    return saved;
  }

  /** Writes the history and, where email, password or standing changed, ends what was opened before. Part of every change. */
  async conclude(before: RecordedCustomerUser, saved: CustomerUser): Promise<void> {
    const after = await this.recorded(saved);
    await this.history.changed(CUSTOMER_USER_HISTORY, before, after);
    await this.credentialChanges.follow(before, after);
  }
}

/** Whether two lists name the same records, in any order. */
export const sameIds = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id));

const inOrder = (ids: readonly number[]): number[] => [...ids].sort((one, other) => one - other);
