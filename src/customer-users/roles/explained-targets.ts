import { Injectable } from '@nestjs/common';
import { Customers } from '../../customers/index.js';
import { InvalidInput, type MemberFault, NotFound } from '../../platform/errors/index.js';
import type { CustomerUser } from '../customer-user.entity.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import type { ExplainedTarget, ExplainQuery } from './effective-permissions.dto.js';
import type { Relation } from '../relations.js';

/** What somebody would act on. */
export interface ExplainedRecord {
  readonly shown: ExplainedTarget;
  readonly isGuest: boolean;
}

/** Where a record stands in the tree, seen from a customer user. */
@Injectable()
export class ExplainedTargets {
  constructor(
    private readonly people: CustomerUsersRepository,
    private readonly customers: Customers,
  ) {}

  /** `null` where none is named. Throws `InvalidInput` for one that the caller does not see. */
  async of(person: CustomerUser, { explain, customerUserId, customerId }: ExplainQuery): Promise<ExplainedRecord | null> {
    if (customerUserId !== undefined && customerId !== undefined) throw refused('customerId', 'two_targets', 'Name one target, not two.');
    if (customerUserId === undefined && customerId === undefined) return null;
    if (explain === undefined) throw refused('explain', 'required', 'Name the permission that is to be explained.');
    if (customerId !== undefined) return this.ofCustomer(person, customerId);
    const target = await found('customerUserId', 'customer user', () => this.people.get(customerUserId ?? 0));
    const relation = target.id === person.id ? 'self' : undefined;
    return { shown: { customerUserId: target.id, ...(await this.place(person, target, relation)) }, isGuest: target.guest };
  }

  private async ofCustomer(person: CustomerUser, id: number): Promise<ExplainedRecord> {
    const { organizationId } = await found('customerId', 'customer', () => this.customers.get(id));
    return { shown: { customerUserId: null, ...(await this.place(person, { organizationId, customerId: id })) }, isGuest: false };
  }

  private async place(
    person: CustomerUser,
    { organizationId, customerId }: { organizationId: number; customerId: number },
    known?: Relation,
  ): Promise<Pick<ExplainedTarget, 'customerId' | 'relation' | 'path'>> {
    if (organizationId !== person.organizationId) return { customerId, relation: 'other_organization', path: [] };
    const down = await this.customers.pathDown(person.customerId, customerId);
    if (down.length > 0) return { customerId, relation: known ?? (down.length === 1 ? 'same_customer' : 'below'), path: down };
    const up = (await this.customers.pathDown(customerId, person.customerId)).toReversed();
    return { customerId, relation: up.length > 0 ? 'above' : 'other_tree', path: up };
  }
}

async function found<T>(parameter: string, what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof NotFound ? refused(parameter, 'customer_users.target_unknown', `There is no such ${what}.`) : error;
  }
}

function refused(pointer: string, code: string, detail: string): InvalidInput {
  const fault: MemberFault = { pointer, code, detail };
  return new InvalidInput([fault]);
}
